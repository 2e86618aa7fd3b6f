package io.jenkins.plugins.deployfirst.action;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** The pages in the language of whoever looks at them. */
@WithJenkins
class TranslatedPagesTest {
    private final LocaleProvider before = LocaleProvider.getProvider();

    /** As the servlet of Jenkins does, which a Jenkins under test has not. */
    @BeforeEach
    void askTheBrowser() {
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                StaplerRequest2 request = Stapler.getCurrentRequest2();
                return request == null ? Locale.ENGLISH : request.getLocale();
            }
        });
    }

    @AfterEach
    void askNobody() {
        LocaleProvider.setProvider(before);
    }

    @Test
    void theJobsPageSpeaksGermanAndFrenchWithTheirLetters(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        DeploymentAction.add(
                jenkins.buildAndAssertSuccess(job), SampleRecords.rolledBackByCi("build", "https://ci.example.com/1"));

        assertThat(page(jenkins, job, "de")).contains("Zuletzt validiert", "nicht validiert");
        assertThat(page(jenkins, job, "fr")).contains("Dernière version validée", "non validé");
    }

    private static String page(JenkinsRule jenkins, FreeStyleProject job, String language) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(jenkins.getURL().toURI().resolve(job.getUrl()))
                .header("Accept-Language", language)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
