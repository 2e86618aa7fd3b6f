package io.jenkins.plugins.deployfirst.browser;

import io.jenkins.plugins.deployfirst.browser.Browser.Scheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.openqa.selenium.By;

/**
 * Takes pictures of a page: light and dark, wide and narrow. They are kept in the folder that the system property
 * {@code deployFirst.images} names, such as {@code docs/images}, and thrown away without it.
 */
final class Gallery {
    private static final String FOLDER = System.getProperty("deployFirst.images", "");

    private final Browser browser;

    Gallery(Browser browser) {
        this.browser = browser;
    }

    /**
     * Takes the pictures {@code NAME-light-wide.png} and so on of what the browser shows.
     *
     * @param part what of the page is in them
     * @param look what is looked at in each form
     */
    void keep(String name, By part, Runnable look) {
        for (int width : new int[] {Browser.NARROW, Browser.WIDE}) {
            browser.resize(width);
            for (Scheme scheme : new Scheme[] {Scheme.DARK, Scheme.LIGHT}) {
                browser.prefer(scheme);
                String size = width == Browser.WIDE ? "wide" : "narrow";
                write(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + size + ".png", browser.picture(part));
                look.run();
            }
        }
    }

    private static void write(String name, byte[] picture) {
        if (!FOLDER.isEmpty()) {
            try {
                Files.createDirectories(Path.of(FOLDER));
                Files.write(Path.of(FOLDER, name), picture);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
