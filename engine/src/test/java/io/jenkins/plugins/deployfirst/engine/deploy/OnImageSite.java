package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.testing.ImageRegistry;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of deployed images share: a real host, a real registry, and a directory that needs no git. */
@ExtendWith(RealHost.class)
abstract class OnImageSite {
    static final String A = "a".repeat(40);
    static final String B = "b".repeat(40);
    static final String C = "c".repeat(40);

    @TempDir
    static Path root;

    static Preprod preprod;
    static ImageRegistry registry;
    static ImageSite site;

    @BeforeAll
    static void start() {
        preprod = Preprod.start(root);
        registry = ImageRegistry.start(root.resolve("registry"));
        site = ImageSite.beside(preprod, registry, "site", root);
    }

    @AfterAll
    static void end() {
        site.close();
        registry.close();
        preprod.close();
    }

    @BeforeEach
    void startAnew() {
        preprod.startAnew();
        site.startAnew();
    }
}
