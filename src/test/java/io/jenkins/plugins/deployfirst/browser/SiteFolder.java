package io.jenkins.plugins.deployfirst.browser;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Makes temporary folders that read like those of a site where that can be, because pictures show their paths. */
final class SiteFolder implements TempDirFactory {
    private static final Path SITES = Path.of("/srv");

    /** Makes {@code /srv/NAME}, named as the test's field; one with a random name where it is taken or not allowed. */
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        String name = ((Field) element.getAnnotatedElement()).getName();
        if (Files.isWritable(SITES)) {
            try {
                return Files.createDirectory(SITES.resolve(name));
            } catch (FileAlreadyExistsException e) {
                return Files.createTempDirectory(SITES, name);
            }
        }
        return Files.createTempDirectory(name);
    }
}
