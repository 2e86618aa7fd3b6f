package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.impl.configurators.DataBoundConfigurator;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.model.Sequence;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Reads and writes {@code health:} as the {@code deploy-first} command does: {@code headers: { Accept: text/html }}
 * rather than a list of names and values.
 */
@Extension(optional = true)
@Restricted(NoExternalUse.class)
public final class HealthConfigurator extends DataBoundConfigurator<HealthDefinition> {
    private static final String HEADERS = "headers";
    private static final String NAME = "name";
    private static final String VALUE = "value";

    public HealthConfigurator() {
        super(HealthDefinition.class);
    }

    @NonNull
    @Override
    public HealthDefinition configure(CNode node, ConfigurationContext context) throws ConfiguratorException {
        return super.configure(withList(node), context);
    }

    @Override
    public HealthDefinition check(CNode node, ConfigurationContext context) throws ConfiguratorException {
        return super.check(withList(node), context);
    }

    @CheckForNull
    @Override
    public CNode describe(HealthDefinition health, ConfigurationContext context) throws Exception {
        CNode described = super.describe(health, context);
        if (described == null || !described.asMapping().containsKey(HEADERS)) {
            return described;
        }
        Mapping headers = new Mapping();
        health.getHeaders().forEach(header -> headers.put(header.getName(), header.getValue()));
        Mapping changed = described.asMapping().clone();
        changed.put(HEADERS, headers);
        return changed;
    }

    private static CNode withList(CNode node) throws ConfiguratorException {
        if (!(node instanceof Mapping health) || !(health.get(HEADERS) instanceof Mapping headers)) {
            return node;
        }
        Sequence list = new Sequence();
        for (Map.Entry<String, CNode> header : headers.entrySet()) {
            Mapping one = new Mapping();
            one.put(NAME, header.getKey());
            one.put(VALUE, header.getValue());
            list.add(one);
        }
        Mapping changed = health.clone();
        changed.put(HEADERS, list);
        return changed;
    }
}
