package io.jenkins.mlops.testbed.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A pom as it is written: nothing is inherited or interpolated. */
final class Pom {

    private final Path file;
    private final Element project;

    private Pom(Path file, Element project) {
        this.file = file;
        this.project = project;
    }

    /** A direct dependency; {@code scope} is empty where none is written. */
    record Dependency(String groupId, String artifactId, String scope, boolean optional) {}

    static Pom read(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return new Pom(
                    file,
                    factory.newDocumentBuilder()
                            .parse(Files.newInputStream(file))
                            .getDocumentElement());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("Cannot read " + file + " as XML: " + e.getMessage(), e);
        }
    }

    boolean has(String path) {
        return find(project, path).isPresent();
    }

    /** The text of the first element at a path of element names from {@code project}, {@code a/b/c}. */
    String text(String path) {
        return find(project, path)
                .map(element -> element.getTextContent().trim())
                .orElseThrow(() -> new AssertionError("No " + path + " in " + file));
    }

    List<Dependency> dependencies() {
        List<Dependency> dependencies = new ArrayList<>();
        find(project, "dependencies").ifPresent(list -> {
            for (Element each : children(list)) {
                dependencies.add(new Dependency(
                        childText(each, "groupId"),
                        childText(each, "artifactId"),
                        childText(each, "scope"),
                        Boolean.parseBoolean(childText(each, "optional"))));
            }
        });
        return dependencies;
    }

    private static String childText(Element parent, String name) {
        return find(parent, name)
                .map(element -> element.getTextContent().trim())
                .orElse("");
    }

    private static Optional<Element> find(Element from, String path) {
        Optional<Element> found = Optional.of(from);
        for (String name : path.split("/")) {
            found = found.flatMap(parent -> children(parent).stream()
                    .filter(child -> child.getTagName().equals(name))
                    .findFirst());
        }
        return found;
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }
}
