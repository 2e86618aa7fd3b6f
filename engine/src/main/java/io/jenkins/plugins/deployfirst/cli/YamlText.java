package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads a YAML file into nodes that know their line and column.
 *
 * <p>Nodes rather than bound objects, because every error must name its place, and because binding costs a cold start
 * half a second.
 */
final class YamlText {
    private static final int LARGEST = 1 << 20;

    private YamlText() {}

    /**
     * Reads a file of at most 1 MiB, UTF-8 with or without byte order mark.
     *
     * @param name the file as the user named it, for error messages
     * @return empty when the file holds nothing but comments
     * @throws DeployFirstException (USAGE) when it cannot be read or is not YAML
     */
    static Optional<YamlValue> read(Path file, String name) {
        return parse(content(file, name), name);
    }

    static Optional<YamlValue> parse(String text, String name) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(20);
        options.setMaxAliasesForCollections(50);
        try {
            ParserImpl parser = new ParserImpl(new StreamReader(text), options);
            Node root = new Composer(parser, new Resolver(), options).getSingleNode();
            return Optional.ofNullable(root).map(node -> YamlValue.of(node, name, ""));
        } catch (MarkedYAMLException broken) {
            throw notYaml(name, broken.getProblemMark(), broken.getProblem());
        } catch (YAMLException refused) {
            throw notYaml(name, null, refused.getMessage());
        }
    }

    private static DeployFirstException notYaml(String name, Mark mark, String problem) {
        String at = mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
        boolean tab = problem != null && problem.contains("TAB");
        String reason =
                tab ? "a line is indented with a tab" : Printable.shortened(Printable.oneLine("" + problem), 200);
        return DeployFirstException.usage(
                name + at + ": is not valid YAML: " + reason + ".",
                tab ? "Indent with spaces." : "Correct the file there.");
    }

    private static String content(Path file, String name) {
        if (Files.isDirectory(file)) {
            throw DeployFirstException.usage(name + ": is a directory.", "Name the file in it with --config.");
        }
        if (!Files.exists(file)) {
            throw DeployFirstException.usage(
                    name + ": there is no such file.",
                    "Name yours with --config or DEPLOY_FIRST_CONFIG, or make one: a list environments: whose entries"
                            + " have name, host, directory and more (docs/environments.example.yml explains every key).");
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw DeployFirstException.usage(name + ": is larger than 1 MiB.", "Name an environment file.");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw DeployFirstException.usage(name + ": is not UTF-8 text.", "Save it as UTF-8.");
        } catch (AccessDeniedException denied) {
            throw DeployFirstException.usage(name + ": may not be read by this user.", "Change its permissions.");
        } catch (IOException broken) {
            throw DeployFirstException.usage(
                    name + ": cannot be read (" + broken.getClass().getSimpleName() + ").", "Check the file.");
        }
    }
}
