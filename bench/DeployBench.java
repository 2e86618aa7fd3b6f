import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployResult;
import io.jenkins.plugins.deployfirst.engine.deploy.EnvironmentFlows;
import io.jenkins.plugins.deployfirst.engine.deploy.FlowContext;
import io.jenkins.plugins.deployfirst.engine.testing.ResultsFile;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/** Measures a deployment's wall time beside what people use today, alternating, on one host over loopback. */
public class DeployBench {
    /** A way to put a commit live; returns when the site shows it. */
    interface Way {
        void deploy(String sha) throws Exception;
    }

    private final Path root;
    private final Stack stack;
    private final SshServer server;
    private final Path jar;
    private int release = 1;

    DeployBench(Path root, Path jar, Stack stack, SshServer server) {
        this.root = root;
        this.jar = jar;
        this.stack = stack;
        this.server = server;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        Path jar = Path.of(arguments[1]);
        Path results = Path.of(arguments[2]);
        Path root = Files.createTempDirectory("deploy-first-bench");
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
        try (Stack stack = Stack.start(root).withStateFolder();
                SshServer server = SshServer.start(root.resolve("sshd"), stack.home())) {
            new DeployBench(root, jar, stack, server).run(rounds, results, timer);
        } finally {
            timer.shutdownNow();
            Tool.run(Path.of("/"), "rm", "-rf", root.toString());
        }
    }

    private void run(int rounds, Path results, ScheduledExecutorService timer) throws Exception {
        List<Map<String, Long>> phases = new ArrayList<>();
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("one script over ssh (the floor)", this::oneScript);
        ways.put("Deploy First, warm JVM", sha -> phases.add(warm(sha, timer)));
        ways.put("Deploy First, cold command line", this::commandLine);
        ways.put("one ssh connection per command", this::chain);
        if (Tool.works("ansible-playbook", "--version")) {
            ways.put("Ansible", this::ansible);
        } else {
            System.out.println("Ansible is not installed: left out.");
        }
        prepare();
        for (int i = 0; i < 2; i++) {
            for (Way way : ways.values()) {
                time(way);
            }
        }
        phases.clear();
        Map<String, List<Long>> times = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                times.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(time(way.getValue()));
            }
            System.out.println("round " + (round + 1) + " of " + rounds + ": "
                    + times.values().stream()
                            .map(list -> list.get(list.size() - 1) + " ms")
                            .collect(Collectors.joining(", ")));
        }
        report(times, phases, results);
    }

    private long time(Way way) throws Exception {
        release++;
        String text = "release " + release;
        String sha = stack.release(text);
        long start = System.nanoTime();
        way.deploy(sha);
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (!stack.page().equals("Welcome, " + text)) {
            throw new IllegalStateException("The site shows \"" + stack.page() + "\" instead of " + text);
        }
        return millis;
    }

    private String compose() {
        return "docker-compose -f docker-compose.yml -p " + stack.project();
    }

    private String untilHealthy() {
        return "for i in $(seq 100); do curl -fsS --max-time 10 " + stack.url()
                + " | grep -q Welcome && exit 0; sleep 0.1; done; exit 1";
    }

    /** What a team's own script does, in one connection: the least that a shell script can take. */
    private void oneScript(String sha) {
        String script = String.join(
                "\n",
                "set -e",
                "cd " + stack.checkout(),
                "git fetch -q origin",
                "git reset -q --hard " + sha,
                compose() + " restart",
                untilHealthy());
        Tool.write(root.resolve("deploy.sh"), script);
        Tool.run(root, "sh", "-c", String.join(" ", ssh()) + " bash -s < deploy.sh");
    }

    /** What SSH step plugins do: a connection for each command. */
    private void chain(String sha) {
        List<String> commands = List.of(
                "cd " + stack.checkout() + " && git rev-parse HEAD",
                "cd " + stack.checkout() + " && git fetch -q origin",
                "cd " + stack.checkout() + " && git reset -q --hard " + sha,
                "cd " + stack.checkout() + " && " + compose() + " restart",
                untilHealthy(),
                "echo " + sha + " >> " + root.resolve("deployed.log"));
        for (String command : commands) {
            List<String> line = new ArrayList<>(ssh());
            line.add(command);
            Tool.run(root, line.toArray(String[]::new));
        }
    }

    private void ansible(String sha) {
        Tool.run(
                root,
                Map.of("ANSIBLE_HOST_KEY_CHECKING", "True", "ANSIBLE_PIPELINING", "True"),
                "ansible-playbook",
                "-i",
                root.resolve("inventory").toString(),
                "-e",
                "sha=" + sha,
                root.resolve("playbook.yml").toString());
    }

    private void commandLine(String sha) {
        Tool.run(
                root,
                "java",
                "-jar",
                jar.toString(),
                "--config",
                root.resolve("environments.yml").toString(),
                "deploy",
                "bench",
                "--sha",
                sha);
    }

    private Map<String, Long> warm(String sha, ScheduledExecutorService timer) throws InterruptedException {
        FlowContext context = new FlowContext(
                Progress.NONE,
                Optional.empty(),
                List.of(),
                HttpClient.newHttpClient(),
                "bench",
                "",
                timer,
                Runnable::run);
        DeployResult result = new EnvironmentFlows(stack.environment(server.settings()), context)
                .deploy(new DeployRequest(new CommitSha(sha), false));
        if (result.outcome() != Outcome.DONE) {
            throw new IllegalStateException(result.error());
        }
        Map<String, Long> phases = new LinkedHashMap<>();
        result.phases().forEach(phase -> phases.merge(phase.name(), phase.durationMillis(), Long::sum));
        return phases;
    }

    private List<String> ssh() {
        return List.of(
                "ssh",
                "-F",
                "none",
                "-i",
                server.clientKey().toString(),
                "-o",
                "UserKnownHostsFile=" + root.resolve("known_hosts"),
                "-o",
                "BatchMode=yes",
                "-p",
                Integer.toString(server.port()),
                System.getProperty("user.name") + "@127.0.0.1");
    }

    private void prepare() {
        Tool.write(root.resolve("known_hosts"), server.knownHosts(server.port()) + "\n");
        Tool.write(
                root.resolve("environments.yml"),
                """
                environments:
                  - name: bench
                    host:
                      ssh:
                        address: "%s@127.0.0.1:%d"
                        identityFile: %s
                        knownHostsFile: %s
                    directory: %s
                    compose: { files: [docker-compose.yml], project: %s, action: restart }
                    health: { url: "%s", contains: Welcome }
                    stateFile: %s
                """
                        .formatted(
                                System.getProperty("user.name"),
                                server.port(),
                                server.clientKey(),
                                root.resolve("known_hosts"),
                                stack.checkout(),
                                stack.project(),
                                stack.url(),
                                stack.stateFile()));
        Tool.write(
                root.resolve("inventory"),
                "preprod ansible_host=127.0.0.1 ansible_port=" + server.port() + " ansible_user="
                        + System.getProperty("user.name") + " ansible_ssh_private_key_file=" + server.clientKey()
                        + " ansible_ssh_common_args='-F none -o UserKnownHostsFile=" + root.resolve("known_hosts")
                        + "' ansible_python_interpreter=/usr/bin/python3\n");
        Tool.write(
                root.resolve("playbook.yml"),
                """
                - hosts: preprod
                  gather_facts: false
                  tasks:
                    - ansible.builtin.git: { repo: "%s", dest: "%s", version: "{{ sha }}", force: true }
                    - ansible.builtin.command: { cmd: "%s restart", chdir: "%s" }
                    - ansible.builtin.uri: { url: "%s", return_content: true }
                      register: answer
                      until: "'Welcome' in answer.content"
                      retries: 20
                      delay: 1
                """
                        .formatted(stack.origin(), stack.checkout(), compose(), stack.checkout(), stack.url()));
    }

    private static long median(List<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void report(Map<String, List<Long>> times, List<Map<String, Long>> phases, Path results)
            throws Exception {
        long floor = median(times.values().iterator().next());
        StringBuilder text = new StringBuilder();
        text.append("Written by `bench/run deployments` on ")
                .append(LocalDate.now())
                .append(". Wall time of one deployment of a new commit (fetch, reset, restart of two containers,\n")
                .append("health check) on loopback, every way in turn, medians of ")
                .append(times.values().iterator().next().size())
                .append(" rounds; the ratio is what counts.\n\n")
                .append("| way | median | fastest | slowest | x floor |\n| --- | ---: | ---: | ---: | ---: |\n");
        times.forEach((name, list) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %d ms | %d ms | %d ms | %.2f |%n",
                name,
                median(list),
                list.stream().min(Long::compare).orElseThrow(),
                list.stream().max(Long::compare).orElseThrow(),
                (double) median(list) / floor)));
        text.append("\nWhere the time of Deploy First goes (warm JVM, medians): ");
        text.append(phases.get(0).keySet().stream()
                .map(name -> name + " "
                        + median(phases.stream()
                                .map(one -> one.getOrDefault(name, 0L))
                                .toList())
                        + " ms")
                .collect(Collectors.joining(", ")));
        text.append(
                """
                .

                One connection and one shell for the whole deployment; one remote process more than the script itself
                needs for each phase. The floor starts `docker-compose`, which is what takes its time; Deploy First asks
                Docker itself when the compose files are those that were checked before, and does what the floor does not:
                it takes the lock, writes the journal, saves local changes, and would go back if the site were not healthy.
                """);
        ResultsFile.write(results, "One deployment", text.toString());
        System.out.println(text);
    }
}
