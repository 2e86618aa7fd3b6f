package io.jenkins.plugins.deployfirst.config;

import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.Configurator;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.model.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Has the plugin Configuration as Code describe settings, so that it reads again what is shown. */
@OptionalExtension(requirePlugins = "configuration-as-code")
@Restricted(NoExternalUse.class)
public final class JcascExport extends CodeExport {
    /** What comes first, as people write it. */
    private static final List<String> FIRST = List.of("name", "host", "via", "directory", "mode", "image", "compose");

    private static final Comparator<String> ORDER = Comparator.<String>comparingInt(
                    key -> FIRST.contains(key) ? FIRST.indexOf(key) : FIRST.size())
            .thenComparing(Comparator.naturalOrder());

    @Override
    Map<String, Object> describe(EnvironmentDefinition environment) {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        try {
            Configurator<EnvironmentDefinition> configurator = context.lookupOrFail(EnvironmentDefinition.class);
            CNode node = configurator.describe(environment, context);
            return node == null ? Map.of() : map(node.asMapping());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The environment cannot be described", e);
        }
    }

    private static Map<String, Object> map(Mapping mapping) throws ConfiguratorException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String key : mapping.keySet().stream().sorted(ORDER).toList()) {
            Object value = plain(mapping.get(key));
            if (!value.equals("") && !value.equals(List.of())) {
                map.put(key, value);
            }
        }
        return map;
    }

    private static Object plain(CNode node) throws ConfiguratorException {
        return switch (node.getType()) {
            case MAPPING -> map(node.asMapping());
            case SEQUENCE -> {
                List<Object> list = new ArrayList<>();
                for (CNode element : node.asSequence()) {
                    list.add(plain(element));
                }
                yield list;
            }
            case SCALAR -> plain(node.asScalar());
        };
    }

    private static Object plain(Scalar scalar) {
        return switch (scalar.getFormat()) {
            case BOOLEAN -> Boolean.valueOf(scalar.getValue());
            case NUMBER -> Long.valueOf(scalar.getValue());
            default -> scalar.getValue();
        };
    }
}
