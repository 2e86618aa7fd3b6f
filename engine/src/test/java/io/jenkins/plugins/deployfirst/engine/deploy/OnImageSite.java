package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.testing.ImageRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of deployed images share: a real host, a real registry, and a directory that needs no git. */
abstract class OnImageSite extends OnPreprod {
    static final String A = "a".repeat(40);
    static final String B = "b".repeat(40);
    static final String C = "c".repeat(40);

    static ImageRegistry registry;
    static ImageSite site;

    @BeforeAll
    static void start() {
        registry = ImageRegistry.start(root.resolve("registry"));
        site = ImageSite.beside(preprod, registry, "site", root);
    }

    @AfterAll
    static void end() {
        site.close();
        registry.close();
    }

    @BeforeEach
    void startAnew() {
        site.startAnew();
    }
}
