package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiServerView;
import java.util.function.Supplier;

/** A CI server that is set up when it is first asked: a deployment does not wait for what only its watch needs. */
final class LazyCiServer extends CiServerView {
    private final Supplier<CiServer> maker;
    private CiServer made;

    LazyCiServer(Supplier<CiServer> maker) {
        this.maker = maker;
    }

    @Override
    protected synchronized CiServer server() {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }
}
