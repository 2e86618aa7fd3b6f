package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Job;
import hudson.util.FormValidation;
import java.io.File;
import java.util.List;
import jenkins.model.Jenkins;
import org.apache.tools.ant.types.selectors.SelectorUtils;

/**
 * The jobs that may use an environment, by patterns of their full names as Ant writes them: {@code *} within a folder,
 * {@code **} across folders.
 */
final class JobPatterns {
    private JobPatterns() {}

    /** Returns whether a job may; without patterns, all may. */
    static boolean allow(List<String> patterns, String fullName) {
        return patterns.isEmpty()
                || patterns.stream()
                        .anyMatch(pattern -> SelectorUtils.matchPath(asPath(pattern), asPath(fullName), true));
    }

    /** Says which patterns no job has yet, as far as the user sees jobs: they may be mistyped. */
    static FormValidation check(@CheckForNull Item item, List<String> patterns) {
        if (!FormAccess.mayCheck(item)) {
            return FormValidation.ok();
        }
        List<String> names = Jenkins.get().getAllItems(Job.class).stream()
                .map(Job::getFullName)
                .toList();
        List<String> idle = patterns.stream()
                .filter(pattern -> names.stream().noneMatch(name -> allow(List.of(pattern), name)))
                .toList();
        return idle.isEmpty()
                ? FormValidation.ok()
                : FormValidation.warning(Messages.JobPatterns_noJob(String.join(", ", idle)));
    }

    private static String asPath(String name) {
        return name.replace('/', File.separatorChar);
    }
}
