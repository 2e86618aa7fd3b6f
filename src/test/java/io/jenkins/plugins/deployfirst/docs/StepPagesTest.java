package io.jenkins.plugins.deployfirst.docs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.tasks.BuildStepDescriptor;
import io.jenkins.plugins.deployfirst.engine.testing.MarkdownPage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of each step: it is there, and names the very parameters that the step has. */
@WithJenkins
class StepPagesTest {
    private static final String OURS = "io.jenkins.plugins.deployfirst.";

    @Test
    void everyStepHasAPageThatNamesItsParameters(JenkinsRule jenkins) {
        List<StepDescriptor> steps = ours(StepDescriptor.class);

        assertThat(steps).hasSizeGreaterThan(10);
        for (StepDescriptor step : steps) {
            String page = "steps/" + step.getFunctionName() + ".md";
            assertThat(MarkdownPage.of("docs/README.md").links()).contains(page);
            assertThat(MarkdownPage.of("README.md").links()).contains("docs/" + page);
            List<String> named = MarkdownPage.of("docs/" + page).firstColumn("Parameters").stream()
                    .flatMap(List::stream)
                    .toList();
            assertThat(named).as(page).containsExactlyInAnyOrderElementsOf(parameters(step));
        }
    }

    @Test
    void theBuildStepsOfFreestyleJobsAreDescribedWithTheirFields(JenkinsRule jenkins) {
        MarkdownPage page = MarkdownPage.of("docs/freestyle.md");

        assertThat(ours(BuildStepDescriptor.class)).hasSize(3).allSatisfy(step -> {
            List<String> named = page.firstColumn(step.getDisplayName()).stream()
                    .flatMap(List::stream)
                    .toList();
            assertThat(named).as(step.getDisplayName()).containsExactlyInAnyOrderElementsOf(parameters(step));
        });
    }

    private static Set<String> parameters(Descriptor<?> descriptor) {
        return new DescribableModel<>(descriptor.clazz)
                .getParameters().stream().map(parameter -> parameter.getName()).collect(Collectors.toSet());
    }

    private static <D extends Descriptor<?>> List<D> ours(Class<D> type) {
        return ExtensionList.lookup(Descriptor.class).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(descriptor -> descriptor.clazz.getName().startsWith(OURS))
                .filter(descriptor -> !descriptor.clazz.getName().contains("Test"))
                .toList();
    }
}
