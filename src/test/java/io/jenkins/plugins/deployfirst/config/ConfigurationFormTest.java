package io.jenkins.plugins.deployfirst.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.htmlunit.Page;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConfigurationFormTest {
    private static JenkinsRule jenkins;

    private DeployFirstConfiguration configuration;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void startAnew() throws Exception {
        SharedJenkins.startAnew(jenkins);
        configuration = DeployFirstConfiguration.get();
    }

    @Test
    void everythingInTheFormSurvivesASave() throws Exception {
        List<EnvironmentDefinition> before =
                List.of(Definitions.full("preprod"), Definitions.local("here"), Definitions.full("staging"));
        configuration.setEnvironments(before);

        jenkins.configRoundtrip();

        EnvironmentDefinition here = configuration.getEnvironments().get(1);
        assertThat(here.getCi()).isNull();
        assertThat(here.getHealth()).isNull();
        assertThat(here.getMigrate()).isNull();
        assertThat(here.getNotify()).isEmpty();
        assertThat(here.isLocal()).isTrue();
        assertThat(configuration.getEnvironments())
                .usingRecursiveComparison()
                // The form always has fields for compose, and an object without settings means the same as none.
                .ignoringFields("compose")
                .isEqualTo(before);
        assertThat(configuration.getEnvironments().get(0).getCompose())
                .usingRecursiveComparison()
                .isEqualTo(before.get(0).getCompose());
    }

    @Test
    void aSavedConfigurationIsReadAgain() {
        configuration.setEnvironments(List.of(Definitions.full("preprod")));

        assertThat(new DeployFirstConfiguration().getEnvironments())
                .usingRecursiveComparison()
                .isEqualTo(configuration.getEnvironments());
    }

    @Test
    void theLastEnvironmentCanBeRemoved() throws Exception {
        configuration.setEnvironments(List.of(Definitions.local("here")));
        try (WebClient browser = jenkins.createWebClient()) {
            HtmlForm form = browser.goTo("configure").getFormByName("config");
            button(form, "Delete environment").click();
            browser.waitForBackgroundJavaScript(2000);
            jenkins.submit(form);
        }
        assertThat(configuration.getEnvironments()).isEmpty();
    }

    @Test
    void twoEnvironmentsOfOneNameAreRefusedAndNothingIsLost() throws Exception {
        configuration.setEnvironments(List.of(Definitions.local("one"), Definitions.local("two")));
        try (WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlForm form = browser.goTo("configure").getFormByName("config");
            namesOf(form).stream()
                    .filter(input -> input.getValue().equals("two"))
                    .forEach(input -> input.setValue("one"));

            Page answer = jenkins.submit(form);

            assertThat(answer.getWebResponse().getContentAsString())
                    .contains("there are two environments with the name \"one\". Give each a name of its own.");
        }
        assertThat(configuration.getEnvironments())
                .extracting(EnvironmentDefinition::getName)
                .containsExactly("one", "two");
    }

    @Test
    void twoEnvironmentsOfOneNameAreShownAsOneTypes() throws Exception {
        configuration.setEnvironments(List.of(Definitions.local("one"), Definitions.local("two")));
        try (WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("configure");
            DomElement one = ConfigurationPage.environment(page, "one");
            DomElement two = ConfigurationPage.environment(page, "two");
            DomNode problem = two.querySelector(".deploy-first-duplicate");
            assertThat(ConfigurationPage.isShown(problem)).isFalse();

            HtmlInput name = two.querySelector("input[name='_.name']");
            name.setValue("");
            name.type("one");

            assertThat(ConfigurationPage.isShown(problem)).isTrue();
            assertThat(ConfigurationPage.isShown(one.querySelector(".deploy-first-duplicate")))
                    .isTrue();
            assertThat(problem.getTextContent()).contains("Another environment in this form has the same name.");
            name.type("2");
            assertThat(ConfigurationPage.isShown(problem)).isFalse();
        }
    }

    @Test
    void aLinkLeadsToTheSettingAlsoWhereItIsFolded() throws Exception {
        configuration.setEnvironments(List.of(Definitions.full("other"), Definitions.full("preprod")));
        for (String setting : List.of("directory", "host.ssh.jump.address", "health.timeout", "lockTimeout")) {
            try (WebClient browser = jenkins.createWebClient()) {
                HtmlPage page = browser.goTo("configure?deploy-first=preprod&setting=" + setting);

                DomElement field = page.getFocusedElement();

                assertThat(field.getAttribute("name")).isEqualTo("_." + setting.replaceFirst(".*\\.", ""));
                assertThat(ConfigurationPage.environment(page, "preprod").isAncestorOf(field))
                        .as(setting)
                        .isTrue();
                assertThat(field.isDisplayed()).as(setting).isTrue();
            }
        }
    }

    @Test
    void aWrongSettingIsRefusedInTheEnginesWords() {
        assertThat(catchThrowable(() -> configuration.setEnvironments(
                        List.of(new EnvironmentDefinition("a b", new LocalHostDefinition(), "/srv/app")))))
                .isInstanceOf(DeployFirstException.class)
                .hasMessage("name: \"a b\" is not a name for an environment. Use letters, digits, dots, dashes and"
                        + " underscores, at most 100, starting with a letter or digit.");
    }

    @Test
    void everyFieldOfTheFormHasHelp() throws Exception {
        configuration.setEnvironments(List.of(Definitions.full("preprod")));
        try (WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("configure");
            for (Class<?> definition : List.of(
                    EnvironmentDefinition.class,
                    SshHostDefinition.class,
                    JumpHostDefinition.class,
                    ComposeDefinition.class,
                    MigrateDefinition.class,
                    HealthDefinition.class,
                    HeaderDefinition.class,
                    JsonDefinition.class,
                    TlsDefinition.class,
                    GitHubCiDefinition.class,
                    DiscordNotifierDefinition.class)) {
                Descriptor<?> descriptor = jenkins.jenkins.getDescriptorOrDie(definition.asSubclass(Describable.class));
                Set<String> missing = properties(definition).stream()
                        .filter(field -> !definition.equals(EnvironmentDefinition.class) || !field.equals("compose"))
                        .filter(field -> !hasHelp(browser, descriptor, field))
                        .collect(Collectors.toCollection(TreeSet::new));
                assertThat(missing).as(definition.getSimpleName()).isEmpty();
            }
            assertThat(page.asXml()).contains("/descriptor/" + EnvironmentDefinition.class.getName() + "/help/jobs");
        }
    }

    private boolean hasHelp(WebClient browser, Descriptor<?> descriptor, String field) {
        try {
            return browser.goTo("descriptor/" + descriptor.getId() + "/help/" + field, null)
                    .getWebResponse()
                    .getContentAsString()
                    .contains("<div>");
        } catch (Exception e) {
            return false;
        }
    }

    private static Set<String> properties(Class<?> definition) {
        return Stream.of(definition.getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("get") && !name.endsWith("Text"))
                .filter(name -> !Set.of("getClass", "getDescriptor").contains(name))
                .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                .collect(Collectors.toSet());
    }

    private static List<HtmlInput> namesOf(HtmlForm form) {
        return form.getInputsByName("_.name");
    }

    private static HtmlButton button(HtmlForm form, String title) {
        return form.getElementsByTagName("button").stream()
                .map(HtmlElement.class::cast)
                .filter(HtmlButton.class::isInstance)
                .map(HtmlButton.class::cast)
                .filter(button -> (button.getAttribute("title") + button.asNormalizedText()).contains(title))
                .findFirst()
                .orElseThrow();
    }
}
