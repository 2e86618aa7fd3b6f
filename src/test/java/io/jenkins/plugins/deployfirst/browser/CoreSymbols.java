package io.jenkins.plugins.deployfirst.browser;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * The symbols of Jenkins itself, which lie in its WAR and not in a JAR: a Jenkins under test finds them only where the class
 * path leads to, and shows crosses in their place.
 */
final class CoreSymbols {
    private static final Path WAR = Path.of("target", "jenkins-for-test");
    private static final String FOLDER = "images/symbols";

    private CoreSymbols() {}

    /** Puts them beside the compiled tests, as soon as the WAR is unpacked. */
    static void show() throws IOException, URISyntaxException {
        Path classes = Path.of(CoreSymbols.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path target = Files.createDirectories(classes.resolve(FOLDER));
        try (Stream<Path> symbols = Files.list(WAR.resolve("WEB-INF/classes").resolve(FOLDER))) {
            for (Path symbol : symbols.toList()) {
                Files.copy(symbol, target.resolve(symbol.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
