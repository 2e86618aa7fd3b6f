package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private static final String YAML = "environments: [ { name: preprod, host: local, directory: /srv/app } ]\n";

    @TempDir
    Path directory;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("", "Missing required subcommand. See deploy-first --help."),
                arguments(
                        "deplyo preprod",
                        "\"deplyo\" is not known here. Did you mean \"deploy\"? See deploy-first --help."),
                arguments("deploy preprod", "Missing required option: '--sha=SHA'. See deploy-first deploy --help."),
                arguments("deploy --sha 1a2b3c4", "Missing required parameter: 'ENV'. See deploy-first deploy --help."),
                arguments(
                        "deploy preprod --shaa 1a2b3c4",
                        "\"--shaa\" is not known here. Did you mean \"--sha\"? See deploy-first deploy --help."),
                arguments(
                        "deploy preprod prod --sha 1a2b3c4",
                        "\"prod\" is not known here. See deploy-first deploy --help."),
                arguments(
                        "deploy preprod --sha",
                        "Missing required parameter for option '--sha' (SHA). See deploy-first deploy --help."),
                arguments(
                        "deploy preprod --sha main",
                        "sha: \"main\" is not a commit SHA. Give 4 to 64 hexadecimal digits, such as $(git rev-parse"
                                + " HEAD); branch and tag names are not taken."),
                arguments(
                        "deploy preprod --sha=",
                        "sha: is empty. Give the commit to deploy, 4 to 64 hexadecimal digits, such as $(git rev-parse"
                                + " HEAD)."),
                arguments(
                        "compose preprod --tag v1/2",
                        "tag: \"v1/2\" is not a tag that Docker allows. Use letters, digits, dots, dashes and"
                                + " underscores, at most 128, not starting with a dot or dash."),
                arguments(
                        "compose preprod --tag=",
                        "tag: \"\" is not a tag that Docker allows. Use letters, digits, dots, dashes and underscores, at"
                                + " most 128, not starting with a dot or dash."),
                arguments(
                        "rollback preprod --to HEAD~1",
                        "sha: \"HEAD~1\" is not a commit SHA. Give 4 to 64 hexadecimal digits, such as $(git rev-parse"
                                + " HEAD); branch and tag names are not taken."),
                arguments(
                        "promote preprod --confirm DEPLOY",
                        "Missing required parameter: 'TO'. See deploy-first promote --help."),
                arguments(
                        "promote preprod prod",
                        "Missing required option: '--confirm=WORD'. See deploy-first promote --help."),
                arguments(
                        "promote preprod prod --confirm DEPLOY",
                        "environments.yml: \"prod\" is not an environment. Known here: preprod."),
                arguments(
                        "promote preprod preprod --confirm DEPLOY --sha main",
                        "sha: \"main\" is not a commit SHA. Give 4 to 64 hexadecimal digits, such as $(git rev-parse"
                                + " HEAD); branch and tag names are not taken."),
                arguments("history preprod -n 0", "-n: 0 is not allowed. Write a number from 1 to 10000."),
                arguments(
                        "history preprod -n many",
                        "Invalid value for option '-n': 'many' is not an int. See deploy-first history --help."),
                arguments(
                        "health",
                        "health: neither an environment nor a URL is given. Name an environment, or give --url URL."),
                arguments(
                        "health preprod --url http://a/",
                        "--url: does not go with an environment, whose health: settings count. Leave out one of them."),
                arguments(
                        "health preprod --attempts 3",
                        "--attempts: does not go with an environment, whose health: settings count. Leave out one of"
                                + " them."),
                arguments(
                        "health --url ftp://preprod.example.com",
                        "--url: \"ftp://preprod.example.com\" is not an http or https URL with a host name. Write the"
                                + " whole address, such as https://preprod.example.com/; a host name has no underscores."),
                arguments(
                        "health --url preprod.example.com",
                        "--url: \"preprod.example.com\" begins with neither http:// nor https://. Write the whole"
                                + " address, such as https://preprod.example.com/."),
                arguments(
                        "health --url http://a/ --status OK",
                        "--status: \"ok\" is not an HTTP status. Write statuses from 100 to 599 or classes of them with commas"
                                + " between, such as 200 or 2xx,301."),
                arguments(
                        "health --url http://a/ --matches (",
                        "--matches: \"(\" is not a regular expression (Unclosed group). Write it as"
                                + " java.util.regex.Pattern describes, or use contains for plain text."),
                arguments(
                        "health --url http://a/ --json-equals up",
                        "--json-equals: needs a field. Name it with --json-pointer."),
                arguments(
                        "health --url http://a/ --json-pointer up",
                        "--json-pointer: \"up\" is not a JSON pointer. Write the path from the root with slashes, such as /status"
                                + " or /checks/0/ok (RFC 6901)."),
                arguments(
                        "health --url http://a/ --attempts 0",
                        "--attempts: 0 is less than 1. Write how often to ask, such as 3."),
                arguments(
                        "health --url http://a/ --timeout 0",
                        "--timeout: is zero, so that nothing could ever answer in time. Write how long one probe may take,"
                                + " such as 10s."),
                arguments(
                        "health --url http://a/ --interval soon",
                        "--interval: \"soon\" is not a duration. Write a number with a unit: 250ms, 30s, 5m or 2h; a"
                                + " bare number is seconds."));
    }

    @ParameterizedTest(name = "deploy-first {0}")
    @MethodSource("mistakes")
    void aMistakeIsOneLineWithTheRemedy(String arguments, String expected) {
        CliRunner cli = new CliRunner(directory).withFile("environments.yml", YAML);
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");

        assertThat(cli.run(words)).isEqualTo(2);

        assertThat(cli.err().lines()).containsExactly("error: " + expected);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.engine.asked).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsOneJsonObjectWhenJsonIsAskedFor(String arguments, String expected) {
        CliRunner cli = new CliRunner(directory).withFile("environments.yml", YAML);
        String[] words = ("--json " + arguments).strip().split(" ");

        assertThat(cli.run(words)).isEqualTo(2);

        assertThat(cli.json().get("outcome").asText()).isEqualTo("USAGE");
        assertThat(cli.json().get("error").asText()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "watch", "run", "health", "rollback", "promote", "status", "history", "demo"})
    void everyCommandHasHelpWithExamplesAndExitCodes(String command) {
        CliRunner cli = new CliRunner(directory);

        assertThat(cli.run(command, "--help")).isZero();

        assertThat(cli.out())
                .startsWith("Usage: deploy-first " + command)
                .contains("Examples:", "  deploy-first " + command + " ")
                .contains("Exit codes:", "0   done", "6   the environment is locked")
                .contains("--config=FILE", "--json", "--help", "--version");
        assertThat(cli.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void helpOfTheWholeListsTheCommands() {
        CliRunner cli = new CliRunner(directory);

        assertThat(cli.run("--help")).isZero();

        assertThat(cli.out())
                .contains("Commands:", "deploy ", "watch ", "run ", "health ", "rollback ", "promote ", "status ");
    }

    @Test
    void theVersionIsOneLine() {
        CliRunner cli = new CliRunner(directory);

        assertThat(cli.run("--version")).isZero();

        assertThat(cli.out().lines()).hasSize(1).first().asString().startsWith("deploy-first ");
    }
}
