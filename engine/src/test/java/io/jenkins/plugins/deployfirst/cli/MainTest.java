package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own: exit codes, streams and signals. */
@Timeout(120)
class MainTest {
    @TempDir
    Path directory;

    @Test
    void theExitCodeIsThatOfTheCommand() throws Exception {
        assertThat(start("--version").waitFor()).isZero();
        assertThat(start("status").waitFor()).isEqualTo(2);
        assertThat(err()).startsWith("error: environments.yml: there is no such file.");
    }

    @Test
    void whatIsPrintedIsUtf8WhateverTheLocale() throws Exception {
        Files.writeString(
                directory.resolve("environments.yml"),
                "environments: [ { name: Prüfung, host: local, directory: /srv/app } ]");

        assertThat(start("status", "--json").waitFor()).isEqualTo(2);

        assertThat(out()).contains("\"Prüfung\\\" is not a name");
        assertThat(err()).contains("\"Prüfung\" is not a name");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
    void sigtermEndsTheFlowAndStillPrintsOneObject() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            Process process = start("health", "--url", url, "--timeout", "10m", "--json");
            try (Socket asked = silent.accept()) {
                assertThat(asked.isConnected()).isTrue();

                process.destroy();

                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(out()).startsWith("{\"outcome\":\"INTERRUPTED\",").hasLineCount(1);
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        process.environment().put("LC_ALL", "C");
        process.environment().remove(RootCommand.CONFIG_VARIABLE);
        return process.start();
    }

    private String out() throws IOException {
        return Files.readString(directory.resolve("out"), StandardCharsets.UTF_8);
    }

    private String err() throws IOException {
        return Files.readString(directory.resolve("err"), StandardCharsets.UTF_8);
    }
}
