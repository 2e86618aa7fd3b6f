package io.jenkins.plugins.deployfirst;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts that people see, in English, German and French: each has its translations, and no translation is left over. */
class TranslationsTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final List<String> LANGUAGES = List.of("de", "fr");

    /** What stands in a page for a text, such as ${%Environment} or ${%took(it.duration)}. */
    private static final Pattern TEXT = Pattern.compile("\\$\\{%([^}(]+?)\\s*[({}]");

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)");

    @Test
    void everyTextIsTranslatedAndNoTranslationIsLeftOver() {
        Map<Path, Map<String, String>> all = texts();

        assertThat(all).hasSizeGreaterThan(40);
        all.forEach((file, english) -> {
            for (String language : LANGUAGES) {
                assertThat(read(in(file, language)).keySet())
                        .as(in(file, language).toString())
                        .isEqualTo(english.keySet());
            }
        });
        assertThat(translations())
                .isEqualTo(all.keySet().stream()
                        .flatMap(file -> LANGUAGES.stream().map(language -> in(file, language)))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void translationsTakeTheSameArgumentsAndAreFormatsThatJavaTakes() {
        texts().forEach((file, english) -> {
            for (String language : LANGUAGES) {
                read(in(file, language)).forEach((key, text) -> {
                    String where = in(file, language) + ": " + key;
                    assertThat(text).as(where).isNotBlank();
                    assertThat(arguments(text)).as(where).isEqualTo(arguments(english.getOrDefault(key, text)));
                    assertThat(new MessageFormat(text).format(new Object[] {1, 2, 3, 4}))
                            .as(where)
                            .isNotBlank();
                    // A single apostrophe begins a quotation, in which no argument is filled in.
                    assertThat(text.replace("''", "")).as(where).doesNotContain("'");
                });
            }
        });
    }

    @Test
    void sentencesAreNotLeftInEnglish() {
        texts().forEach((file, english) -> english.forEach((key, text) -> {
            if (text.split(" ").length > 3) {
                for (String language : LANGUAGES) {
                    assertThat(read(in(file, language)).get(key))
                            .as(in(file, language) + ": " + key)
                            .isNotEqualTo(text);
                }
            }
        }));
    }

    /** The texts in English by the file, without its ending, that they belong to. */
    private static Map<Path, Map<String, String>> texts() {
        Map<Path, Map<String, String>> all = new TreeMap<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.equals("Messages.properties")) {
                all.put(withoutEnding(file), read(file));
            } else if (name.endsWith(".jelly")) {
                Map<String, String> ofPage = textsOf(file);
                if (!ofPage.isEmpty()) {
                    all.put(withoutEnding(file), ofPage);
                }
            }
        }
        return all;
    }

    private static Map<String, String> textsOf(Path page) {
        Path named = page.resolveSibling(withoutEnding(page).getFileName() + ".properties");
        Map<String, String> english = Files.exists(named) ? read(named) : Map.of();
        Map<String, String> texts = new TreeMap<>();
        TEXT.matcher(content(page)).results().forEach(text -> {
            String key = text.group(1);
            texts.put(key, english.getOrDefault(key, key));
        });
        assertThat(texts.keySet()).as(named + " names texts of its page").containsAll(english.keySet());
        return texts;
    }

    private static Set<Path> translations() {
        Set<Path> found = new TreeSet<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (LANGUAGES.stream().anyMatch(language -> name.endsWith("_" + language + ".properties"))) {
                found.add(file);
            }
        }
        return found;
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path in(Path file, String language) {
        return file.resolveSibling(file.getFileName() + "_" + language + ".properties");
    }

    private static Path withoutEnding(Path file) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.\\w+$", ""));
    }

    private static Set<String> arguments(String text) {
        return ARGUMENT.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Jenkins reads them: UTF-8. */
    private static Map<String, String> read(Path file) {
        assertThat(file).exists();
        try (InputStream stream = Files.newInputStream(file)) {
            PropertyResourceBundle bundle = new PropertyResourceBundle(stream);
            Map<String, String> texts = new TreeMap<>();
            bundle.keySet().forEach(key -> texts.put(key, bundle.getString(key)));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
