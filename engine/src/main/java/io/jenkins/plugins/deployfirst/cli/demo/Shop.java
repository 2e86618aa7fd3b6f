package io.jenkins.plugins.deployfirst.cli.demo;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import java.nio.file.Path;

/** The product of the story, in git: an origin that a developer pushes to, and the host's checkout of it. */
final class Shop {
    private static final String PAGE = "index.html";

    private final Programs programs;
    private final Places places;

    private Shop(Programs programs, Places places) {
        this.programs = programs;
        this.places = places;
    }

    /** A commit. */
    record Release(String sha, String subject, String page) {
        @Override
        public String toString() {
            return new CommitSha(sha).abbreviated() + " \"" + subject + "\"";
        }
    }

    /** Makes the repositories, with the first release checked out on the host. */
    static Shop open(Programs programs, Places places, String composeFile, String firstPage)
            throws InterruptedException {
        Shop shop = new Shop(programs, places);
        shop.git(places.root(), "init", "-q", "--bare", places.origin().toString());
        shop.git(places.origin(), "symbolic-ref", "HEAD", "refs/heads/main");
        shop.git(
                places.root(),
                "clone",
                "-q",
                places.origin().toString(),
                places.work().toString());
        shop.git(places.work(), "checkout", "-q", "-B", "main");
        shop.git(places.work(), "config", "user.name", "Ada Lovelace");
        shop.git(places.work(), "config", "user.email", "ada@example.com");
        Places.write(places.work().resolve(Containers.COMPOSE_FILE), composeFile);
        shop.push("Open the shop", firstPage);
        shop.git(
                places.root(),
                "clone",
                "-q",
                places.origin().toString(),
                places.checkout().toString());
        return shop;
    }

    /** Commits a page and pushes it to the origin. */
    Release push(String subject, String page) throws InterruptedException {
        Places.write(places.work().resolve(PAGE), page + "\n");
        git(places.work(), "add", "--all");
        git(places.work(), "commit", "-q", "-m", subject);
        git(places.work(), "push", "-q", "origin", "HEAD:main");
        return new Release(git(places.work(), "rev-parse", "HEAD"), subject, page);
    }

    private String git(Path directory, String... words) throws InterruptedException {
        String[] command = new String[words.length + 1];
        command[0] = "git";
        System.arraycopy(words, 0, command, 1, words.length);
        return programs.run(directory, command);
    }
}
