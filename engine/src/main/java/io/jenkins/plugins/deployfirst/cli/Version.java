package io.jenkins.plugins.deployfirst.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Tells the version that the executable jar's manifest names. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return new String[] {"deploy-first " + version};
    }
}
