package io.jenkins.plugins.deployfirst.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** A page of the documentation, as its reader on the web sees it. */
public final class MarkdownPage {
    /** Maven runs the tests in the folder of the POM: the repository's, or the engine's in it. */
    private static final Path ROOT = Files.isDirectory(Path.of("engine")) ? Path.of("") : Path.of("..");

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".mvn", "node_modules", "work");
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private final Path file;
    private final Node document;

    private MarkdownPage(Path file) {
        this.file = file;
        this.document = PARSER.parse(Tool.read(file));
    }

    /** Reads a page; {@code name} is relative to the repository's folder. */
    public static MarkdownPage of(String name) {
        return new MarkdownPage(ROOT.resolve(name));
    }

    /** Returns a file or folder of the repository. */
    public static Path inRepository(String name) {
        return ROOT.resolve(name);
    }

    /** Reads every page of the repository. */
    public static List<MarkdownPage> all() {
        List<MarkdownPage> pages = new ArrayList<>();
        collect(ROOT.toAbsolutePath().normalize(), pages);
        return pages;
    }

    private static void collect(Path folder, List<MarkdownPage> pages) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry) && !NOT_OURS.contains(name)) {
                    collect(entry, pages);
                } else if (name.endsWith(".md")) {
                    pages.add(new MarkdownPage(entry));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path file() {
        return file;
    }

    /** Returns where its links and images lead, as they are written. */
    public List<String> links() {
        List<String> found = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                found.add(link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                found.add(image.getDestination());
            }
        });
        return found;
    }

    /** Returns the anchors of its headings, without the number sign. */
    public Set<String> anchors() {
        IdGenerator ids = IdGenerator.builder().build();
        Set<String> found = new LinkedHashSet<>();
        each(document, Heading.class, heading -> found.add(ids.generateId(textOf(heading))));
        return found;
    }

    /** Returns its blocks of code in a language, such as {@code groovy}. */
    public List<String> code(String language) {
        List<String> found = new ArrayList<>();
        each(document, FencedCodeBlock.class, block -> {
            if (block.getInfo().strip().equals(language)) {
                found.add(block.getLiteral());
            }
        });
        return found;
    }

    /**
     * Returns the code in the first column of the first table below a heading, row by row; nothing when there is no such
     * table.
     */
    public List<List<String>> firstColumn(String heading) {
        List<List<String>> rows = new ArrayList<>();
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading found && textOf(found).equals(heading)) {
                tableBelow(found, rows);
            }
        }
        return rows;
    }

    private static void tableBelow(Heading heading, List<List<String>> rows) {
        for (Node node = heading.getNext(); node != null && !(node instanceof Heading); node = node.getNext()) {
            if (node instanceof TableBlock table) {
                each(table, TableRow.class, row -> {
                    TableCell cell = (TableCell) row.getFirstChild();
                    if (!cell.isHeader()) {
                        List<String> code = new ArrayList<>();
                        each(cell, Code.class, text -> code.add(text.getLiteral()));
                        rows.add(code);
                    }
                });
                return;
            }
        }
    }

    private static String textOf(Node node) {
        StringBuilder text = new StringBuilder();
        each(node, Node.class, part -> {
            if (part instanceof Text plain) {
                text.append(plain.getLiteral());
            } else if (part instanceof Code code) {
                text.append(code.getLiteral());
            }
        });
        return text.toString();
    }

    private static <T extends Node> void each(Node node, Class<T> type, Consumer<T> consumer) {
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            if (type.isInstance(child)) {
                consumer.accept(type.cast(child));
            }
            each(child, type, consumer);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
