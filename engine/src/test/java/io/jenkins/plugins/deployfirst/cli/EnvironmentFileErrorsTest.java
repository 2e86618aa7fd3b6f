package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake in an environment file is one line on standard error that names the place and the remedy; exit code 2. */
class EnvironmentFileErrorsTest {
    private static final String SSH = "\n    host: { ssh: { address: deploy@preprod.example.com, %s } }";

    @TempDir
    Path directory;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(
                        "a misspelt key",
                        health("contians: Welcome"),
                        "environments.yml:6:7: environments[0].health.contians is not a known key. Did you mean"
                                + " \"contains\"? Known here: url, from, headers, status, contains, matches, json, tls,"
                                + " maxLatency, containers, command, logs, attempts, interval, timeout, startPeriod."),
                arguments(
                        "a key that resembles none",
                        "environments:\n  - name: preprod\n    zzzzzzzzz: 1\n",
                        "environments.yml:3:5: environments[0].zzzzzzzzz is not a known key. Known here: "
                                + ENVIRONMENT_KEYS),
                arguments(
                        "a misspelt key of the file",
                        "enviroments: []\n",
                        "environments.yml:1:1: enviroments is not a known key. Did you mean \"environments\"? Known"
                                + " here: environments."),
                arguments(
                        "a key of another letter case",
                        "environments:\n  - Name: preprod\n",
                        "environments.yml:2:5: environments[0].Name is not a known key. Did you mean \"name\"? Known here: "
                                + ENVIRONMENT_KEYS),
                arguments(
                        "a number that is none",
                        health("attempts: three"),
                        "environments.yml:6:17: environments[0].health.attempts: \"three\" is not allowed. Write a whole"
                                + " number from 1 to 1000."),
                arguments(
                        "a number out of bounds",
                        health("attempts: 0"),
                        "environments.yml:6:17: environments[0].health.attempts: \"0\" is not allowed. Write a whole"
                                + " number from 1 to 1000."),
                arguments(
                        "a duration that is none",
                        health("interval: soon"),
                        "environments.yml:6:17: environments[0].health.interval: \"soon\" is not a duration. Write a"
                                + " number with a unit: 250ms, 30s, 5m or 2h; a bare number is seconds."),
                arguments(
                        "a duration of nothing",
                        health("timeout: 0"),
                        "environments.yml:6:16: environments[0].health.timeout: must be longer than nothing. Write a"
                                + " duration such as 30s."),
                arguments(
                        "text where a section should be",
                        local("health: https://preprod.example.com"),
                        "environments.yml:5:13: environments[0].health: expected a section, found text. Write keys below"
                                + " it; known here: url, from, headers, status, contains, matches, json, tls, maxLatency,"
                                + " containers, command, logs, attempts, interval, timeout, startPeriod."),
                arguments(
                        "text where a list should be",
                        local("compose: { files: docker-compose.yml }"),
                        "environments.yml:5:23: environments[0].compose.files: expected a list, found text. Write [a, b],"
                                + " or one line per entry that begins with a dash."),
                arguments(
                        "a list where text should be",
                        local("remote: [origin]"),
                        "environments.yml:5:13: environments[0].remote: expected text, found a list. Write one value"
                                + " after the colon."),
                arguments(
                        "a key without value",
                        local("remote:"),
                        "environments.yml:5:12: environments[0].remote: is empty. Write a value after the colon, or"
                                + " remove the key."),
                arguments(
                        "a word that is not one of the allowed ones",
                        local("compose: { action: reboot }"),
                        "environments.yml:5:24: environments[0].compose.action: \"reboot\" is not allowed. Write one of"
                                + " restart, up."),
                arguments(
                        "no name",
                        "environments:\n  - host: local\n    directory: /srv/app\n",
                        "environments.yml:2:5: environments[0].name is missing. Add it, such as name: preprod."),
                arguments(
                        "no directory",
                        "environments:\n  - name: preprod\n    host: local\n",
                        "environments.yml:2:5: environments[0].directory is missing. Add it, such as directory:"
                                + " /srv/app."),
                arguments(
                        "no host",
                        "environments:\n  - name: preprod\n    directory: /srv/app\n",
                        "environments.yml:2:5: environments[0].host is missing. Add it, such as host: local."),
                arguments(
                        "a directory that is not absolute",
                        "environments:\n  - name: preprod\n    host: local\n    directory: srv/app\n",
                        "environments.yml:4:16: environments[0].directory: \"srv/app\" is not an absolute path. Write the"
                                + " full path on the host, such as /srv/app."),
                arguments(
                        "a name that git would refuse after the deployment",
                        "environments:\n  - name: pre..prod\n    host: local\n    directory: /srv/app\n",
                        "environments.yml:2:11: environments[0].name: \"pre..prod\" cannot be part of the git refs that"
                                + " keep its commits. Choose one without two dots in a row and without .lock at the"
                                + " end."),
                arguments(
                        "a name with a space",
                        "environments:\n  - name: pre prod\n    host: local\n    directory: /srv/app\n",
                        "environments.yml:2:11: environments[0].name: \"pre prod\" is not a name for an environment. Use"
                                + " letters, digits, dots, dashes and underscores, at most 100, starting with a letter or"
                                + " digit."),
                arguments(
                        "a compose file that compose would read from its standard input",
                        local("compose: { files: [docker-compose.yml, '-'] }"),
                        "environments.yml:5:23: environments[0].compose.files: \"-\" is not the path of a file. Write it"
                                + " relative to the directory, such as docker-compose.yml."),
                arguments(
                        "a check that is required and ignored",
                        local("ci: { github: { repository: o/r }, checks: [build, e2e], ignoreChecks: [e2e] }"),
                        "environments.yml:5:76: environments[0].ci.ignoreChecks: \"e2e\" is required by ci.checks, too."
                                + " Remove it from one of the two."),
                arguments(
                        "no check that counts",
                        local("ci: { github: { repository: o/r }, ignoreChecks: ['*'] }"),
                        "environments.yml:5:54: environments[0].ci.ignoreChecks: \"*\" leaves no check that counts. Name"
                                + " the checks that never count, or leave out ci to deploy without watching CI."),
                arguments(
                        "a project that compose would refuse",
                        local("compose: { project: Pre Prod }"),
                        "environments.yml:5:25: environments[0].compose.project: \"Pre Prod\" is not a name for a compose"
                                + " project. Use lower-case letters, digits, dashes and underscores, starting with a"
                                + " letter or digit."),
                arguments(
                        "a key twice",
                        local("remote: one\n    remote: two"),
                        "environments.yml:6:5: environments[0].remote is there twice. Keep one of them."),
                arguments(
                        "an environment twice",
                        local("remote: origin") + "  - { name: preprod, host: local, directory: /srv/b }\n",
                        "environments.yml:6:13: environments[1].name: \"preprod\" is defined on line 2 already. Give each"
                                + " environment a name of its own."),
                arguments(
                        "no environment at all",
                        "environments: []\n",
                        "environments.yml:1:15: environments: has no entry. Add one with name, host and directory."),
                arguments("an empty file", "", EMPTY),
                arguments("a file of comments", "# nothing yet\n", EMPTY),
                arguments(
                        "a file that holds only text",
                        "hello\n",
                        "environments.yml:1:1: expected a section, found text. Write keys below it; known here:"
                                + " environments."),
                arguments(
                        "a tab",
                        "environments:\n\t- name: preprod\n",
                        "environments.yml:2:1: is not valid YAML: a line is indented with a tab. Indent with spaces."),
                arguments(
                        "a bracket that is not closed",
                        "environments: [\n",
                        "environments.yml:2:1: is not valid YAML: expected the node content, but found '<stream end>'."
                                + " Correct the file there."),
                arguments(
                        "two documents",
                        "environments: []\n---\nenvironments: []\n",
                        "environments.yml:2:1: is not valid YAML: but found another document. Correct the file there."),
                arguments(
                        "an alias without anchor",
                        "environments: *nothing\n",
                        "environments.yml:1:15: is not valid YAML: found undefined alias nothing. Correct the file"
                                + " there."),
                arguments(
                        "aliases that multiply",
                        "a: &a [x]\n" + "b: &b [" + "*a,".repeat(60) + "]\n",
                        "environments.yml: is not valid YAML: Number of aliases for non-scalar nodes exceeds the"
                                + " specified max=50. Correct the file there."),
                arguments(
                        "images of a checkout",
                        local("image: { tagVariable: TAG }"),
                        "environments.yml:5:12: environments[0].image has no effect without mode: image. Add that, or"
                                + " remove this section."),
                arguments(
                        "containers of images that are kept",
                        local("mode: image\n    compose: { action: restart }"),
                        "environments.yml:6:24: environments[0].compose.action: restart keeps the containers, and mode:"
                                + " image replaces them. Write compose.action: up, or leave it out."),
                arguments(
                        "a variable that the shell needs",
                        local("mode: image\n    image: { tagVariable: PATH }"),
                        "environments.yml:6:27: environments[0].image.tagVariable: PATH means something else to the"
                                + " shell, Docker or compose. Choose another name, such as IMAGE_TAG, in the compose"
                                + " files too."),
                arguments(
                        "a tag that is the same for all",
                        local("mode: image\n    image: { tag: latest }"),
                        "environments.yml:6:19: environments[0].image.tag: \"latest\" is the same for every commit. Write"
                                + " {sha} or {shortSha} where the commit stands in the tag; name a fixed tag when you"
                                + " deploy."),
                arguments(
                        "a tag that Docker does not allow",
                        local("mode: image\n    image: { tag: \"my {sha}\" }"),
                        "environments.yml:6:19: environments[0].image.tag: \"my 0000000000000000000000000000000000000000\""
                                + " is not a tag that Docker allows. Use letters, digits, dots, dashes and underscores,"
                                + " at most 128, not starting with a dot or dash."),
                arguments(
                        "a mode that does not exist",
                        local("mode: ftp"),
                        "environments.yml:5:11: environments[0].mode: \"ftp\" is not allowed. Write one of checkout,"
                                + " image."),
                arguments(
                        "a strategy that does not exist",
                        local("strategy: canary"),
                        "environments.yml:5:15: environments[0].strategy: \"canary\" is not allowed. Write one of"
                                + " recreate, rolling."),
                arguments(
                        "a rolling update of containers that are kept",
                        local("strategy: rolling\n    compose: { action: restart }"),
                        "environments.yml:5:15: environments[0].strategy: rolling replaces containers, and"
                                + " compose.action: restart keeps them. Write compose.action: up, or strategy:"
                                + " recreate."),
                arguments(
                        "a way of rolling without the strategy",
                        local("rolling: { drain: 5s }"),
                        "environments.yml:5:14: environments[0].rolling has no effect without strategy: rolling. Add"
                                + " that, or remove this section."),
                arguments(
                        "a rolling update of a service that cannot be",
                        local("strategy: rolling\n    rolling: { services: [\"we b\"] }"),
                        "environments.yml:6:26: environments[0].rolling.services: \"we b\" is not a name for a compose"
                                + " service. Use the service's name in the compose file."),
                arguments(
                        "a registry without a login",
                        local("registry: { url: \"https://r.example.com\" }"),
                        "environments.yml:5:15: environments[0].registry.usernameEnv is missing. Add it, such as"
                                + " usernameEnv: REGISTRY_USER."),
                arguments(
                        "an address that is no registry's",
                        local("registry: { url: \"ftp://r\", usernameEnv: U, passwordEnv: P }"),
                        "environments.yml:5:22: environments[0].registry.url: \"ftp://r\" is not the address of an image"
                                + " registry. Write https://registry.example.com, with the port where it has one, and what"
                                + " follows in the images' names; leave it empty for Docker Hub."),
                arguments(
                        "a secret file that leaves the directory",
                        local("envFile: { file: x, path: ../app.env }"),
                        "environments.yml:5:31: environments[0].envFile.path: \"../app.env\" is not a path below the"
                                + " directory. Write it relative to the directory, such as app.env or config/app.env,"
                                + " without . or .. in it."),
                arguments(
                        "a yes that is none",
                        local("envFile: { file: x, path: app.env, keep: yes }"),
                        "environments.yml:5:46: environments[0].envFile.keep: \"yes\" is not allowed. Write true or"
                                + " false."),
                arguments(
                        "a freeze without its zone",
                        local("freeze: [ { days: [fri], from: \"16:00\", until: \"23:59\" } ]"),
                        "environments.yml:5:15: environments[0].freeze[0].zone is missing. Add it, such as zone:"
                                + " Europe/Paris."),
                arguments(
                        "a freeze at a time that is none",
                        local("freeze: [ { days: [fri], from: noon, until: \"23:59\", zone: UTC } ]"),
                        "environments.yml:5:36: environments[0].freeze[0].from: \"noon\" is not a time of the day. Write"
                                + " hours and minutes, such as 16:00."),
                arguments(
                        "a GitLab project without its group",
                        local("ci: { gitlab: { project: name } }"),
                        "environments.yml:5:30: environments[0].ci.gitlab.project: \"name\" is not a project's path."
                                + " Write group/name, as in https://gitlab.com/group/name."),
                arguments(
                        "a Gitea without an address",
                        local("ci: { gitea: { repository: owner/name } }"),
                        "environments.yml:5:18: environments[0].ci.gitea.apiUrl is missing. Add it, such as apiUrl:"
                                + " https://gitea.example.com/api/v1."),
                arguments(
                        "an API that is none",
                        local("ci: { gitlab: { project: group/name, apiUrl: gitlab.example.com } }"),
                        "environments.yml:5:50: environments[0].ci.gitlab.apiUrl: this is not the address of an API."
                                + " Write https://gitlab.com/api/v4, or https://HOST/api/v4 for a server of your own."),
                arguments(
                        "two CI servers",
                        local("ci: { gitlab: { project: group/name }, github: { repository: owner/repo } }"),
                        "environments.yml:5:9: environments[0].ci: has both github and gitlab. Keep the one that runs the"
                                + " checks."),
                arguments(
                        "a connection by way of a Jenkins agent",
                        local("via: linux"),
                        "environments.yml:5:5: environments[0].via is a setting for Jenkins. Remove it: the command"
                                + " connects from here; ssh: { jump: … } goes through another host."),
                arguments(
                        "a Jenkins credential for SSH",
                        "environments:\n  - name: preprod\n    host: { ssh: { credentialsId: preprod-ssh } }\n"
                                + "    directory: /srv\n",
                        "environments.yml:3:20: environments[0].host.ssh.credentialsId is a setting for Jenkins. Here,"
                                + " name the key's file with identityFile, or the variable that holds the password with"
                                + " passwordEnv."),
                arguments(
                        "a Jenkins credential for GitHub",
                        local("ci: { github: { repository: owner/repo, credentialsId: x } }"),
                        "environments.yml:5:45: environments[0].ci.github.credentialsId is a setting for Jenkins. Here,"
                                + " name the variable that holds the token with tokenEnv."),
                arguments(
                        "another job of a Jenkins as the CI",
                        local("ci: { jenkins: { job: team/shop-ci } }"),
                        "environments.yml:5:11: environments[0].ci.jenkins is a setting for Jenkins. The builds of a"
                                + " Jenkins are known to that Jenkins alone. Here, name the server that its jobs report"
                                + " to: github, gitlab or gitea."),
                arguments(
                        "a notifier of no kind",
                        local("notify: [ {} ]"),
                        "environments.yml:5:15: environments[0].notify[0].discord is missing. Add it, such as discord: {"
                                + " urlEnv: DISCORD_WEBHOOK } (or slack, or webhook)."),
                arguments(
                        "two notifiers in one",
                        local("notify: [ { slack: { urlEnv: A }, discord: { urlEnv: B } } ]"),
                        "environments.yml:5:15: environments[0].notify[0]: has both discord and slack. Begin the second"
                                + " one with a dash of its own."),
                arguments(
                        "a Jenkins credential for Discord",
                        local("notify: [ { discord: { credentialsId: x } } ]"),
                        "environments.yml:5:28: environments[0].notify[0].discord.credentialsId is a setting for Jenkins."
                                + " Here, name the variable that holds the webhook's address with urlEnv."),
                arguments(
                        "an address without user",
                        ssh("identityFile: x").replace("deploy@", ""),
                        "environments.yml:3:29: environments[0].host.ssh.address: \"preprod.example.com\" is not an SSH"
                                + " address. Write user@host or user@host:port, such as deploy@preprod.example.com:22."),
                arguments(
                        "no login",
                        ssh("hostKey: strict"),
                        "environments.yml:3:18: environments[0].host.ssh.identityFile is missing. Add it, such as"
                                + " identityFile: ~/.ssh/id_ed25519 (or passwordEnv: SSH_PASSWORD)."),
                arguments(
                        "two logins",
                        ssh("identityFile: x, passwordEnv: Y"),
                        "environments.yml:3:18: environments[0].host.ssh: has both identityFile and passwordEnv. Keep one"
                                + " of them."),
                arguments(
                        "a passphrase for a password",
                        ssh("passwordEnv: Y, passphraseEnv: Z"),
                        "environments.yml:3:88: environments[0].host.ssh.passphraseEnv: belongs to an identityFile."
                                + " Remove it, or log in with a key."),
                arguments(
                        "a host that is neither",
                        "environments:\n  - name: preprod\n    host: preprod.example.com\n    directory: /srv\n",
                        "environments.yml:3:11: environments[0].host: \"preprod.example.com\" is not allowed. Write"
                                + " local, or ssh: with an address below it."),
                arguments(
                        "known hosts that are not there",
                        ssh("identityFile: x, knownHostsFile: gone"),
                        "environments.yml:3:90: environments[0].host.ssh.knownHostsFile: \"gone\" is not a file that can"
                                + " be read. Name a known_hosts file; ssh-keyscan -H HOST prints its lines, whose"
                                + " fingerprint to compare."),
                arguments(
                        "a jump host without address",
                        ssh("identityFile: x, jump: { passwordEnv: Y }"),
                        "environments.yml:3:80: environments[0].host.ssh.jump.address is missing. Add it, such as"
                                + " address: deploy@preprod.example.com:22."),
                arguments(
                        "a health URL of another kind",
                        health("url: ftp://preprod.example.com"),
                        "environments.yml:6:12: environments[0].health.url: \"ftp://preprod.example.com\" is not an http"
                                + " or https URL with a host name. Write the whole address, such as"
                                + " https://preprod.example.com/; a host name has no underscores."),
                arguments(
                        "a health URL without its scheme",
                        health("url: preprod.example.com"),
                        "environments.yml:6:12: environments[0].health.url: \"preprod.example.com\" begins with neither"
                                + " http:// nor https://. Write the whole address, such as"
                                + " https://preprod.example.com/."),
                arguments(
                        "headers that users of the host could read",
                        health("url: http://a/\n      from: host\n      headers: { Authorization: Bearer x }"),
                        "environments.yml:8:16: environments[0].health.headers: would be visible to every user of the"
                                + " host that asks. Leave it out, or let the engine ask instead of the host."),
                arguments(
                        "a password that users of the host could read",
                        health("url: http://ada:secret@a/\n      from: host"),
                        "environments.yml:6:12: environments[0].health.url: its user and password would be visible to"
                                + " every user of the host that asks. Leave it out, or let the engine ask instead of the"
                                + " host."),
                arguments(
                        "a certificate that the host cannot look at",
                        health("url: https://a/\n      from: host\n      tls: { minDaysValid: 7 }"),
                        "environments.yml:8:28: environments[0].health.tls.minDaysValid: 7 cannot be checked from the"
                                + " host. Leave it out, or let the engine ask instead of the host."),
                arguments(
                        "a broken URL with a password in it",
                        health("url: 'https://ada:secret@host name/'"),
                        "environments.yml:6:12: environments[0].health.url: is not a URL (Illegal character in"
                                + " authority at character 9). Write the whole address, such as"
                                + " https://preprod.example.com/."),
                arguments(
                        "something about the answer, but no URL",
                        health("contains: Welcome"),
                        "environments.yml:6:17: environments[0].health.contains: needs a url. Add url: beside it."),
                arguments(
                        "a status that is none",
                        health("url: http://a/\n      status: ok"),
                        "environments.yml:7:15: environments[0].health.status: \"ok\" is not an HTTP status. Write"
                                + " statuses from 100 to 599 or classes of them with commas between, such as 200 or"
                                + " 2xx,301."),
                arguments(
                        "a broken regular expression",
                        health("url: http://a/\n      matches: '(open'"),
                        "environments.yml:7:16: environments[0].health.matches: \"(open\" is not a regular expression"
                                + " (Unclosed group). Write it as java.util.regex.Pattern describes, or use contains for plain"
                                + " text."),
                arguments(
                        "a JSON field without pointer",
                        health("url: http://a/\n      json: { equals: up }"),
                        "environments.yml:7:13: environments[0].health.json.pointer is missing. Add it, such as pointer:"
                                + " /status."),
                arguments(
                        "a JSON pointer that is none",
                        health("url: http://a/\n      json: { pointer: status }"),
                        "environments.yml:7:24: environments[0].health.json.pointer: \"status\" is not a JSON pointer."
                                + " Write the path from the root with slashes, such as /status or /checks/0/ok (RFC"
                                + " 6901)."),
                arguments(
                        "a repository with its server",
                        local("ci: { github: { repository: https://github.com/owner/repo } }"),
                        "environments.yml:5:33: environments[0].ci.github.repository: \"https://github.com/owner/repo\" is"
                                + " not a repository's name. Write owner/name, as in https://github.com/owner/name."),
                arguments(
                        "CI without server",
                        local("ci: { timeout: 5m }"),
                        "environments.yml:5:9: environments[0].ci.github is missing. Add it, such as github: {"
                                + " repository: owner/repo, tokenEnv: GITHUB_TOKEN } (or gitlab, or gitea)."),
                arguments(
                        "a secret in place of the variable's name",
                        local("notify: [ { discord: { urlEnv: 'https://discord.com/api/webhooks/1/secret' } } ]"),
                        "environments.yml:5:36: environments[0].notify[0].discord.urlEnv: is not the name of an"
                                + " environment variable. Write the variable's name here (letters, digits, underscores),"
                                + " not the secret itself."),
                arguments(
                        "a variable that is not set",
                        local("notify: [ { discord: { urlEnv: DISCORD_WEBHOOK } } ]"),
                        "environments.yml:5:36: environments[0].notify[0].discord.urlEnv: the environment variable"
                                + " DISCORD_WEBHOOK is not set. Export it before running deploy-first."),
                arguments(
                        "a token in place of the variable's name",
                        local("ci: { github: { repository: owner/repo, tokenEnv: ghp_0123456789abcdefABCDEF } }"),
                        "environments.yml:5:55: environments[0].ci.github.tokenEnv: the environment variable is not set."
                                + " Export it before running deploy-first."),
                arguments(
                        "a key file that is not there",
                        ssh("identityFile: gone"),
                        "environments.yml:3:71: environments[0].host.ssh.identityFile: \"gone\" does not exist."
                                + " Name the file of a private key, such as ~/.ssh/id_ed25519."),
                arguments(
                        "a public key",
                        ssh("identityFile: id.pub"),
                        "environments.yml:3:71: environments[0].host.ssh.identityFile: \"id.pub\" is a public key. Name"
                                + " the private key, usually the same file without .pub."),
                arguments(
                        "a file that is no key",
                        ssh("identityFile: environments.yml"),
                        "environments.yml:3:71: environments[0].host.ssh.identityFile: \"environments.yml\" is not a"
                                + " private key. Name a key in OpenSSH, PEM or PuTTY format."),
                arguments(
                        "a key whose passphrase is not set",
                        ssh("identityFile: ~/id, passphraseEnv: KEY_PASSPHRASE"),
                        "environments.yml:3:92: environments[0].host.ssh.passphraseEnv: the environment variable"
                                + " KEY_PASSPHRASE is not set. Export it before running deploy-first."),
                arguments(
                        "escape sequences",
                        "environments:\n  - \"\\e[31mname\\a\": preprod\n",
                        "environments.yml:2:5: environments[0].name is not a known key. Did you mean \"name\"? Known here: "
                                + ENVIRONMENT_KEYS));
    }

    private static final String ENVIRONMENT_KEYS = String.join(", ", EnvironmentReader.ENVIRONMENT.names()) + ".";

    private static final String EMPTY =
            "environments.yml: is empty. Write a list environments: whose entries have name, host and directory.";

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void aMistakeIsOneLineWithItsPlaceAndRemedy(String kind, String yaml, String expected) throws IOException {
        Files.writeString(directory.resolve("id.pub"), "ssh-ed25519 AAAA ada@desk\n");
        Files.createDirectories(directory.resolve("home"));
        Files.writeString(directory.resolve("home/id"), "-----BEGIN OPENSSH PRIVATE KEY-----\n");
        CliRunner cli = new CliRunner(directory).withFile("environments.yml", yaml);

        int exitCode = cli.run("deploy", "preprod", "--sha", FakeEngine.GOOD, "--json");

        assertThat(cli.err().lines()).as(kind).containsExactly("error: " + expected);
        assertThat(exitCode).isEqualTo(2);
        assertThat(cli.json().get("outcome").asText()).isEqualTo("USAGE");
        assertThat(cli.json().get("error").asText()).isEqualTo(expected);
        assertThat(cli.engine.asked).isEmpty();
    }

    @Test
    void aFileThatIsNotThereTellsHowToMakeOne() {
        assertThat(new CliRunner(directory).run("status")).isEqualTo(2);
        CliRunner cli = new CliRunner(directory);
        cli.run("status", "--config", "etc/mine.yml");

        assertThat(cli.err().lines())
                .containsExactly("error: etc/mine.yml: there is no such file. Name yours with --config or"
                        + " DEPLOY_FIRST_CONFIG, or make one: a list environments: whose entries have name, host,"
                        + " directory and more (docs/environments.example.yml explains every key).");
    }

    @Test
    void aDirectoryIsNotAFile() {
        CliRunner cli = new CliRunner(directory);

        assertThat(cli.run("status", "--config", ".")).isEqualTo(2);

        assertThat(cli.err().lines()).containsExactly("error: .: is a directory. Name the file in it with --config.");
    }

    @Test
    void aFileInAnotherEncodingIsRefused() throws IOException {
        Files.write(directory.resolve("environments.yml"), "# Prüfung".getBytes(StandardCharsets.ISO_8859_1));
        CliRunner cli = new CliRunner(directory);

        assertThat(cli.run("status")).isEqualTo(2);

        assertThat(cli.err().lines()).containsExactly("error: environments.yml: is not UTF-8 text. Save it as UTF-8.");
    }

    @Test
    void anUnknownEnvironmentIsNamedWithItsNearestNeighbourAndAllOfThem() {
        CliRunner cli = new CliRunner(directory)
                .withFile(
                        "environments.yml",
                        local("remote: origin") + "  - { name: prod, host: local, directory: /srv/prod }\n");

        assertThat(cli.run("status", "preprd")).isEqualTo(2);
        assertThat(cli.err().lines())
                .containsExactly("error: environments.yml: \"preprd\" is not an environment. Did you mean \"preprod\"?"
                        + " Known here: preprod, prod.");

        assertThat(cli.run("status", "moon")).isEqualTo(2);
        assertThat(cli.err().lines())
                .containsExactly("error: environments.yml: \"moon\" is not an environment. Known here: preprod, prod.");
    }

    private static String local(String line) {
        return "environments:\n  - name: preprod\n    host: local\n    directory: /srv/app\n    " + line + "\n";
    }

    private static String health(String line) {
        return local("health:\n      " + line);
    }

    private static String ssh(String login) {
        return "environments:\n  - name: preprod" + SSH.formatted(login) + "\n    directory: /srv/app\n";
    }
}
