package io.jenkins.plugins.deployfirst.examples;

import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.deployfirst.engine.testing.GitOrigin;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * One of the examples as a reader has it: its files beside a small product in a repository, its configuration in the
 * Jenkins under test, and jobs that run its pipelines from the repository.
 */
final class Example implements AutoCloseable {
    /** The image that stands in for those which nobody can pull here: a static busybox with a few scripts. */
    static final String STAND_IN = "deploy-first-test:stand-in";

    private static final Path EXAMPLES = Path.of("examples");
    private static final Path PRODUCTS = Path.of("src/test/resources/io/jenkins/plugins/deployfirst/examples");

    final GitOrigin repository;
    private final JenkinsRule jenkins;
    private final String name;
    private final String first;
    private Map<String, String> values = Map.of();

    private Example(JenkinsRule jenkins, String name, GitOrigin repository, String first) {
        this.jenkins = jenkins;
        this.name = name;
        this.repository = repository;
        this.first = first;
    }

    /**
     * Puts the example and its product into a repository.
     *
     * @param root takes the repository
     * @param name the example's folder
     */
    static Example start(JenkinsRule jenkins, Path root, String name) {
        Stack.buildImage(root);
        Tool.run(PRODUCTS.resolve("stand-in"), "docker", "build", "-q", "-t", STAND_IN, ".");
        GitOrigin repository = GitOrigin.start(root);
        copy(EXAMPLES.resolve(name), repository.work());
        copy(PRODUCTS.resolve(name), repository.work());
        return new Example(jenkins, name, repository, repository.commit("First release", Map.of()));
    }

    /** Returns the image of this machine's nginx, which stands in for the official one. */
    static String nginx() {
        String image = "deploy-first-test:nginx";
        Tool.run(PRODUCTS.resolve("stand-in"), "./nginx.sh", image);
        return image;
    }

    /** Removes the images of these names; another name of theirs keeps them. */
    static void removeImages(String names) {
        Tool.run(
                PRODUCTS,
                "sh",
                "-c",
                "docker image ls --format '{{.Repository}}:{{.Tag}}' \"$1\" | grep -v '<none>' | xargs -r docker rmi >/dev/null 2>&1 || true",
                "sh",
                names);
    }

    private static void copy(Path folder, Path to) {
        Tool.run(folder, "cp", "-R", "-p", ".", to.toString());
    }

    /** Returns the first commit, which holds the example and its product as they are. */
    String first() {
        return first;
    }

    /** Puts one of the example's files where a reader puts it. */
    void place(String file, Path directory) {
        Tool.run(EXAMPLES.resolve(name), "cp", file, directory.toString());
    }

    /** Applies the example's jenkins.yaml as it stands, with values for its variables. */
    void configure(Map<String, String> variables) throws Exception {
        close();
        values = Map.copyOf(variables);
        // Configuration as code takes variables from the environment, and from these in a JVM that runs already.
        values.forEach(System::setProperty);
        ConfigurationAsCode.get()
                .configure(EXAMPLES.resolve(name).resolve("jenkins.yaml").toString());
    }

    /** Returns a job that runs one of the example's Jenkinsfiles on main. */
    WorkflowJob job(String jenkinsfile) throws Exception {
        return job(jenkinsfile, GitScm.branch(repository.path(), "main"));
    }

    /** Returns a job that runs one of the example's Jenkinsfiles on something else. */
    WorkflowJob job(String jenkinsfile, GitScm scm) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsScmFlowDefinition(scm, jenkinsfile));
        return job;
    }

    /** Builds a job to its end, whatever that is. */
    static WorkflowRun build(WorkflowJob job, String... namesAndValues) throws Exception {
        return Pipelines.end(start(job, namesAndValues));
    }

    /** Starts a build. */
    static WorkflowRun start(WorkflowJob job, String... namesAndValues) throws Exception {
        List<ParameterValue> parameters = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(new StringParameterValue(namesAndValues[i], namesAndValues[i + 1]));
        }
        return job.scheduleBuild2(0, new ParametersAction(parameters)).waitForStart();
    }

    /** Takes the variables away. */
    @Override
    public void close() {
        values.keySet().forEach(System::clearProperty);
    }
}
