package io.jenkins.mlops.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads YAML as a tree of plain values: anchors and merge keys are followed, tags are not, so no class is ever named
 * by a file.
 *
 * <p>A plain scalar is a number if it reads as one, {@code 1e3} and {@code .nan} included (YAML 1.2), and keeps its
 * spelling: 0.10 stays 0.10. Aliases can make a small file endless; reading stops at {@value #MAX_NODES} values.
 */
final class YamlTree {
    private static final int MAX_NODES = 200_000;
    private static final int MAX_DEPTH = 100;
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})([eE][-+]?\\d{1,4})?");

    private final JsonNodeFactory factory = new JsonNodeFactory(true);
    private int nodes;

    private YamlTree() {}

    static JsonNode read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(FileReading.MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setAllowDuplicateKeys(false);
        Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
        YamlTree tree = new YamlTree();
        return root == null ? tree.factory.nullNode() : tree.value(root, 0);
    }

    private JsonNode value(Node node, int depth) {
        if (++nodes > MAX_NODES) {
            throw new YAMLException("its aliases make it more than " + MAX_NODES + " values");
        }
        if (depth > MAX_DEPTH) {
            throw new YAMLException("it is nested more than " + MAX_DEPTH + " deep, or refers to itself");
        }
        if (node instanceof MappingNode mapping) {
            ObjectNode object = factory.objectNode();
            Set<String> own = new HashSet<>();
            for (NodeTuple member : mapping.getValue()) {
                member(object, own, member, depth);
            }
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = factory.arrayNode();
            for (Node element : sequence.getValue()) {
                array.add(value(element, depth + 1));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private void member(ObjectNode object, Set<String> own, NodeTuple member, int depth) {
        if (!(member.getKeyNode() instanceof ScalarNode keyNode)) {
            throw new YAMLException("a key is a list or a mapping; use texts as keys");
        }
        String key = keyNode.getValue();
        JsonNode value = value(member.getValueNode(), depth + 1);
        if (key.equals("<<") && keyNode.isPlain()) {
            // What is merged gives way to what the mapping says itself, before or after.
            for (JsonNode merged : value.isArray() ? value : factory.arrayNode().add(value)) {
                merged.properties().forEach(entry -> object.putIfAbsent(entry.getKey(), entry.getValue()));
            }
        } else if (own.add(key)) {
            object.set(key, value);
        } else {
            throw new YAMLException("the key '" + key + "' stands twice");
        }
    }

    private JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        if (!node.isPlain()) {
            return factory.textNode(text);
        }
        if (NUMBER.matcher(text).matches()) {
            return factory.numberNode(new BigDecimal(text));
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "~", "null" -> factory.nullNode();
            case "true" -> factory.booleanNode(true);
            case "false" -> factory.booleanNode(false);
            case ".nan" -> factory.numberNode(Double.NaN);
            case ".inf", "+.inf" -> factory.numberNode(Double.POSITIVE_INFINITY);
            case "-.inf" -> factory.numberNode(Double.NEGATIVE_INFINITY);
            default -> factory.textNode(text);
        };
    }
}
