package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What tests share that run on one real host: it is started once for a class, and each test finds its first release there. */
@ExtendWith(RealHost.class)
abstract class OnPreprod {
    @TempDir
    static Path root;

    static Preprod preprod;

    @BeforeAll
    static void startPreprod() {
        preprod = Preprod.start(root);
    }

    @AfterAll
    static void closePreprod() {
        preprod.close();
    }

    @BeforeEach
    void beginAnew() {
        preprod.startAnew();
    }
}
