package io.jenkins.plugins.deployfirst.ci;

import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.deployfirst.action.DeploymentAction;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import io.jenkins.plugins.deployfirst.engine.ci.CiReadException;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import io.jenkins.plugins.deployfirst.engine.ci.FailureDetail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The builds of a job of this Jenkins as the checks of a commit: of each job, what is queued for the commit, or else its
 * latest build of it. In a folder, those do not count that watch the commit themselves.
 */
final class JenkinsBuilds implements CiServer {
    private static final Logger LOGGER = Logger.getLogger(JenkinsBuilds.class.getName());
    private static final Executor READERS = Executors.newFixedThreadPool(
            2,
            new NamingThreadFactory(
                    new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "Deploy First: builds as CI"));
    // Of each job; reading builds from disk takes time.
    private static final int LATEST_BUILDS = 50;
    private static final int MOST_EXPLAINED = 3;

    private final JenkinsPlace place;

    JenkinsBuilds(JenkinsPlace place) {
        this.place = place;
    }

    @Override
    public CompletableFuture<CiSnapshot> read(String sha) {
        return asReader(() -> {
            boolean named = item() instanceof Job;
            return new CiSnapshot(
                    jobs().stream()
                            .flatMap(job -> check(job, sha, named).stream())
                            .toList(),
                    false);
        });
    }

    @Override
    public CompletableFuture<List<FailureDetail>> explain(List<Check> failures) {
        return asReader(() -> {
                    List<Job<?, ?>> jobs = jobs();
                    return failures.stream()
                            .limit(MOST_EXPLAINED)
                            .flatMap(failure -> explain(failure, jobs).stream())
                            .toList();
                })
                .exceptionally(unknown -> List.of());
    }

    @Override
    public CompletableFuture<String> look() {
        return asReader(() -> {
            int jobs = jobs().size();
            return place + ": " + (jobs == 1 ? "1 job." : jobs + " jobs.");
        });
    }

    @Override
    public String describe() {
        return place.toString();
    }

    @Override
    public String pageOf(String sha) {
        return place.find().map(item -> address(item.getUrl())).orElse("");
    }

    private <T> CompletableFuture<T> asReader(Supplier<T> question) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (ACLContext as = ACL.as2(place.reader())) {
                        return question.get();
                    }
                },
                READERS);
    }

    private List<Job<?, ?>> jobs() {
        Item item = item();
        List<Job<?, ?>> jobs = new ArrayList<>();
        if (item instanceof Job<?, ?> job) {
            jobs.add(job);
        } else if (item instanceof ItemGroup<?> group) {
            for (Job<?, ?> job : group.allItems(Job.class)) {
                // Not every group leaves out what may not be read. The parts of a matrix project are told by the whole.
                if (job.hasPermission(Item.READ) && !(job.getParent() instanceof Job)) {
                    jobs.add(job);
                }
            }
        }
        return jobs;
    }

    private Item item() {
        return place.find().orElseThrow(() -> CiReadException.permanent(notFound()));
    }

    private String notFound() {
        return "ci.jenkins.job: there is no job, folder or multibranch project \"" + place.job() + "\" "
                + (place.within().isEmpty()
                        ? "that " + place.reader().getName() + ", as whom the build runs, may read. Correct the name,"
                                + " or let " + place.reader().getName() + " read it."
                        : "in " + place.within() + ". Correct the name; for a job of another folder, have an"
                                + " administrator define the environment in Manage Jenkins » System, or have builds run"
                                + " as a user (Manage Jenkins » Security).");
    }

    private Optional<Check> check(Job<?, ?> job, String sha, boolean named) {
        return queued(job, sha)
                .or(() -> latest(job, sha)
                        .filter(run -> named || !isWatching(run, sha))
                        .map(JenkinsBuilds::check));
    }

    /**
     * Returns whether a build does with the commit what whoever asks does: two jobs of a folder that deploy a commit and
     * watch the folder would wait for each other.
     */
    private static boolean isWatching(Run<?, ?> run, String sha) {
        return DeploymentAction.recordsOf(run).stream()
                .anyMatch(record -> record.kind() == DeploymentRecord.Kind.WATCH
                        && record.getSha().equals(sha));
    }

    private Optional<Check> queued(Job<?, ?> job, String sha) {
        return job instanceof Queue.Task task
                ? Jenkins.get().getQueue().getItems(task).stream()
                        .filter(item -> StatedCommits.of(item, place.names()).contains(sha))
                        .findFirst()
                        .map(item -> new Check(
                                job.getFullName() + "#queued",
                                job.getFullName(),
                                State.PENDING,
                                "queued",
                                address(job.getUrl())))
                : Optional.empty();
    }

    private Optional<Run<?, ?>> latest(Job<?, ?> job, String sha) {
        for (Run<?, ?> run : job.getBuilds().limit(LATEST_BUILDS)) {
            if (StatedCommits.of(run, place.names()).contains(sha)
                    || BuildCommits.known(run).contains(sha)) {
                return Optional.of(run);
            }
        }
        return Optional.empty();
    }

    private static Check check(Run<?, ?> run) {
        Result result = run.isBuilding() ? null : run.getResult();
        return new Check(
                run.getExternalizableId(),
                run.getParent().getFullName(),
                state(result),
                result == null ? "running" : result.toString().toLowerCase(Locale.ROOT),
                address(run.getUrl()));
    }

    /** What is unstable has failed tests: not good enough to go on. */
    private static State state(Result result) {
        if (result == null) {
            return State.PENDING;
        }
        if (result.equals(Result.NOT_BUILT)) {
            return State.NEUTRAL;
        }
        return result.equals(Result.SUCCESS) ? State.SUCCEEDED : State.FAILED;
    }

    /** Who asks may name any check; only those of the jobs that are read here are explained. */
    private static Optional<FailureDetail> explain(Check failure, List<Job<?, ?>> jobs) {
        for (Job<?, ?> job : jobs) {
            if (failure.key().startsWith(job.getFullName() + "#")) {
                Run<?, ?> run =
                        job.getBuild(failure.key().substring(job.getFullName().length() + 1));
                return Optional.ofNullable(run).map(build -> explain(failure, build));
            }
        }
        return Optional.empty();
    }

    private static FailureDetail explain(Check failure, Run<?, ?> run) {
        try {
            return new FailureDetail(failure.key(), "", BuildLog.lastLines(run));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The log of " + run + " cannot be read");
            return new FailureDetail(failure.key(), "", List.of());
        }
    }

    private static String address(String url) {
        String root = Jenkins.get().getRootUrl();
        return root == null ? "" : Util.ensureEndsWith(root, "/") + url;
    }
}
