package io.jenkins.plugins.deployfirst.browser;

import io.jenkins.plugins.deployfirst.engine.testing.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Lets a test class run only where Chromium and its driver are installed. */
public final class RealBrowser extends Requirement {
    /** Debian's packages put them there. */
    static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    @Override
    protected List<String> lacks() {
        return Stream.of(CHROMIUM, DRIVER)
                .filter(program -> !Files.isExecutable(program))
                .map(Path::toString)
                .toList();
    }
}
