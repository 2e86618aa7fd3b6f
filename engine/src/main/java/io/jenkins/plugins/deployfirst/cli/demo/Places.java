package io.jenkins.plugins.deployfirst.cli.demo;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The folders of the demonstration, all below one temporary folder that only this user can read. */
record Places(Path root) implements AutoCloseable {

    static Places create() {
        try {
            // The real path, because git and the engine tell it without symbolic links.
            Path root = Files.createTempDirectory("deploy-first-demo-").toRealPath();
            Places places = new Places(root);
            for (Path folder : new Path[] {places.home(), places.ssh(), places.docker()}) {
                Files.createDirectories(folder);
            }
            return places;
        } catch (IOException e) {
            throw failure("cannot make a temporary folder", e);
        }
    }

    /** Returns the bare repository that stands for the one on GitHub. */
    Path origin() {
        return root.resolve("origin.git");
    }

    /** Returns the developer's clone. */
    Path work() {
        return root.resolve("work");
    }

    /** Returns the host's checkout. */
    Path checkout() {
        return root.resolve("srv").resolve("shop");
    }

    /** Returns the home of the user that deploys, on the host. */
    Path home() {
        return root.resolve("home");
    }

    /** Returns the folder of the SSH server's and the client's keys. */
    Path ssh() {
        return root.resolve("ssh");
    }

    /** Returns the folder of what the image is built from, or of the stand-in for Docker. */
    Path docker() {
        return root.resolve("docker");
    }

    Path environmentFile() {
        return root.resolve("environments.yml");
    }

    /** Writes a text file. */
    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw failure("cannot write " + file, e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw failure("cannot read " + file, e);
        }
    }

    static DeployFirstException failure(String what, IOException e) {
        return DeployFirstException.unchanged(
                "demo: " + what + ": " + e.getMessage() + ".", "Check the free space and the permissions there.");
    }

    /** Deletes all of it. */
    @Override
    public void close() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
