package io.jenkins.plugins.deployfirst.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.util.Map;
import java.util.Optional;

/** Writes settings as configuration as code, where that plugin is installed. */
abstract class CodeExport implements ExtensionPoint {
    static Optional<CodeExport> get() {
        return ExtensionList.lookup(CodeExport.class).stream().findFirst();
    }

    /** Returns an environment as it is written under {@code environments:}, without what is as by default. */
    abstract Map<String, Object> describe(EnvironmentDefinition environment);
}
