package io.jenkins.plugins.deployfirst.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.XmlFile;
import hudson.model.Item;
import hudson.model.Items;
import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Keeps what is known of environments: a file each, in Jenkins' home, or in the directory of the folder that defines it,
 * with which it is renamed, moved and deleted.
 */
final class StatusFiles {
    private static final Logger LOGGER = Logger.getLogger(StatusFiles.class.getName());
    private static final String ENDING = ".xml";

    private StatusFiles() {}

    /** Reads what is known; a file that cannot be read is worth a new look, and no more. */
    static KnownStatus read(DefinedEnvironment environment) {
        XmlFile file = file(environment);
        if (file.exists()) {
            try {
                if (file.read() instanceof KnownStatus known && known.place().equals(environment.place())) {
                    return known;
                }
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> file + " cannot be read; the environment is looked at anew");
            }
        }
        return KnownStatus.none(environment.place());
    }

    static void write(DefinedEnvironment environment, KnownStatus known) {
        try {
            file(environment).write(known);
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "What is known of " + EnvironmentKey.of(environment) + " is lost with the next restart");
        }
    }

    /** Removes the files of environments that are not defined there any more. */
    static void prune(@CheckForNull Item folder, Collection<String> names) {
        File[] files = directory(folder).listFiles((directory, name) -> name.endsWith(ENDING));
        for (File file : files == null ? new File[0] : files) {
            String name = file.getName().substring(0, file.getName().length() - ENDING.length());
            if (!names.contains(name)) {
                delete(file);
            }
        }
    }

    private static void delete(File file) {
        try {
            Files.deleteIfExists(file.toPath());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " is of no use any more, and cannot be removed");
        }
    }

    private static XmlFile file(DefinedEnvironment environment) {
        return new XmlFile(Items.XSTREAM2, new File(directory(environment.folder()), environment.name() + ENDING));
    }

    private static File directory(@CheckForNull Item folder) {
        File root = folder == null ? Jenkins.get().getRootDir() : folder.getRootDir();
        return new File(new File(root, "deploy-first"), "status");
    }
}
