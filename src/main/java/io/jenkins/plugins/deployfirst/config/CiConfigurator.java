package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.casc.Attribute;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.Configurator;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Reads and writes {@code ci:} as the {@code deploy-first} command does: what all servers have in common stands beside
 * the server, as in {@code ci: { github: { repository: owner/repo }, timeout: 5m }}.
 */
@Extension(optional = true)
@Restricted(NoExternalUse.class)
public final class CiConfigurator implements Configurator<CiDefinition> {
    private static final Set<String> COMMON =
            Set.of("initialDelay", "interval", "timeout", "checks", "ignoreChecks", "onTimeout", "onAbsent");

    @Override
    public Class<CiDefinition> getTarget() {
        return CiDefinition.class;
    }

    @NonNull
    @Override
    public Set<Attribute<CiDefinition, ?>> describe() {
        return Set.of();
    }

    @NonNull
    @Override
    public List<Configurator<CiDefinition>> getConfigurators(ConfigurationContext context) {
        return servers().values().stream()
                .map(server -> configurator(server, context))
                .toList();
    }

    @NonNull
    @Override
    public CiDefinition configure(CNode node, ConfigurationContext context) throws ConfiguratorException {
        String server = server(node.asMapping());
        return configurator(servers().get(server), context).configure(merged(node.asMapping(), server), context);
    }

    @Override
    public CiDefinition check(CNode node, ConfigurationContext context) throws ConfiguratorException {
        String server = server(node.asMapping());
        return configurator(servers().get(server), context).check(merged(node.asMapping(), server), context);
    }

    @CheckForNull
    @Override
    public CNode describe(CiDefinition ci, ConfigurationContext context) throws Exception {
        Class<? extends CiDefinition> type = ci.getClass();
        CNode described = configurator(type, context).describe(ci, context);
        Mapping server =
                described == null ? new Mapping() : described.asMapping().clone();
        Mapping result = new Mapping();
        servers().forEach((symbol, candidate) -> {
            if (candidate == type) {
                result.put(symbol, server);
            }
        });
        for (String common : COMMON) {
            result.putIfNotNull(common, server.remove(common));
        }
        return result;
    }

    private String server(Mapping ci) throws ConfiguratorException {
        List<String> named =
                ci.keySet().stream().filter(key -> !COMMON.contains(key)).toList();
        if (named.size() != 1 || !servers().containsKey(named.get(0))) {
            throw new ConfiguratorException(
                    this,
                    "ci: names " + (named.isEmpty() ? "no CI server" : String.join(", ", named)) + ". Write one of "
                            + String.join(", ", servers().keySet()) + ", and beside it only "
                            + String.join(", ", COMMON.stream().sorted().toList()) + ".");
        }
        return named.get(0);
    }

    /** What stands beside the server is among its own settings in the definition. */
    private static Mapping merged(Mapping ci, String server) throws ConfiguratorException {
        Mapping merged = ci.get(server).asMapping().clone();
        for (String common : COMMON) {
            merged.putIfNotNull(common, ci.get(common));
        }
        return merged;
    }

    private static Configurator<CiDefinition> configurator(
            Class<? extends CiDefinition> server, ConfigurationContext context) {
        try {
            return context.lookupOrFail(server);
        } catch (ConfiguratorException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Class<? extends CiDefinition>> servers() {
        Map<String, Class<? extends CiDefinition>> servers = new LinkedHashMap<>();
        for (Descriptor<CiDefinition> server : Jenkins.get().getDescriptorList(CiDefinition.class)) {
            SymbolLookup.getSymbolValue(server).forEach(symbol -> servers.put(symbol, server.clazz));
        }
        return servers;
    }
}
