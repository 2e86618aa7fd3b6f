package io.jenkins.plugins.deployfirst.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.AbstractProject;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.config.DatabaseDefinition;
import io.jenkins.plugins.deployfirst.config.Definitions;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvFileDefinition;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.HeaderDefinition;
import io.jenkins.plugins.deployfirst.config.HealthDefinition;
import io.jenkins.plugins.deployfirst.config.ImageDefinition;
import io.jenkins.plugins.deployfirst.config.JenkinsCiDefinition;
import io.jenkins.plugins.deployfirst.config.JsonDefinition;
import io.jenkins.plugins.deployfirst.config.SubmodulesDefinition;
import io.jenkins.plugins.deployfirst.config.TlsDefinition;
import io.jenkins.plugins.deployfirst.wrapper.LastValidatedShaStep;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryEndpoint;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

@WithJenkins
class StepFormsTest {
    private static JenkinsRule jenkins;
    private static FreeStyleProject job;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = rule.createFreeStyleProject("app");
        Credentials.password("registry", "builder", "secret");
        EnvironmentDefinition others = Definitions.local("of-others");
        others.setJobs(List.of("team-a/**"));
        DeployFirstConfiguration.get().setEnvironments(List.of(Definitions.local("preprod"), others));
    }

    @AfterEach
    void openUp() {
        jenkins.jenkins.disableSecurity();
    }

    static Stream<Arguments> steps() {
        DeployPreprodFirstStep deploy = new DeployPreprodFirstStep();
        deploy.setEnvironment("preprod");
        DeployPreprodFirstStep deployAgain = new DeployPreprodFirstStep();
        deployAgain.setEnvironment("gone");
        deployAgain.setSha("0123abc");
        deployAgain.setRedeployRejected(true);
        WatchCiAndRollbackStep watch = new WatchCiAndRollbackStep();
        watch.setEnvironment("preprod");
        WatchCiAndRollbackStep watchOnly = new WatchCiAndRollbackStep();
        watchOnly.setEnvironment("preprod");
        watchOnly.setSha("0123abc");
        watchOnly.setFailBuild(false);
        watchOnly.setBackground(true);
        ComposeDeployStep compose = new ComposeDeployStep();
        compose.setEnvironment("preprod");
        compose.setSha("0123abc");
        compose.setRedeployRejected(true);
        compose.setServices(List.of("backend", "tasks"));
        compose.setPull("always");
        compose.setBuild(false);
        compose.setRegistry(new DockerRegistryEndpoint("https://registry.example.com", "registry"));
        EnvFileDefinition envFile = new EnvFileDefinition("app-env", "app.env");
        envFile.setKeep(true);
        compose.setEnvFile(envFile);
        HealthGateStep gate = new HealthGateStep();
        gate.setEnvironment("preprod");
        HealthGateStep url = new HealthGateStep();
        url.setUrl("https://example.com/");
        url.setStatus("2xx,301");
        url.setContains("Welcome");
        url.setMatches("W.lcome");
        url.setAttempts(7);
        url.setInterval("2s");
        url.setTimeout("3s");
        url.setStartPeriod("1m");
        url.setFailBuild(false);
        HealthGateStep version = new HealthGateStep();
        version.setUrl("https://example.com/version");
        version.setHeaders(List.of(new HeaderDefinition("Accept", "application/json")));
        JsonDefinition json = new JsonDefinition("/commit");
        json.setEquals("0123abc");
        version.setJson(json);
        TlsDefinition tls = new TlsDefinition();
        tls.setMinDaysValid(14);
        version.setTls(tls);
        version.setMaxLatency("2s");
        DeployHookStep hook = new DeployHookStep("render-hook");
        DeployHookStep hookAndGate = new DeployHookStep("render-hook");
        hookAndGate.setMethod("PUT");
        hookAndGate.setHeaders(List.of(new HeaderDefinition("X-Tag", "latest")));
        hookAndGate.setBody("{}");
        hookAndGate.setRetries(0);
        hookAndGate.setTimeout("5s");
        HealthDefinition health = new HealthDefinition();
        health.setUrl("https://example.com/");
        health.setContains("0123abc");
        hookAndGate.setHealth(health);
        BuildImagesStep build = new BuildImagesStep(List.of(new ImageDefinition("shop")));
        ImageDefinition image = new ImageDefinition("shop-{service}");
        image.setContext("services/{service}");
        image.setDockerfile("Dockerfile.dev");
        image.setTarget("dev");
        image.setBuildArgs(Map.of("WHO", "it's = \"me\""));
        image.setCacheFrom(List.of("shop:latest", "shop:{branchSlug}"));
        image.setLabels(Map.of("note", "two words"));
        BuildImagesStep buildAll = new BuildImagesStep(List.of(image, new ImageDefinition("other")));
        buildAll.setMatrix(Map.of("service", List.of("billing", "search")));
        buildAll.setTags(List.of("latest", "{sha}"));
        buildAll.setRegistry(new DockerRegistryEndpoint("https://registry.example.com", "registry"));
        buildAll.setPush(false);
        buildAll.setConcurrency(4);
        SubmodulesDefinition submodules = new SubmodulesDefinition();
        submodules.setCredentialsId("git-ssh");
        submodules.setHostKey("accept-new");
        buildAll.setSubmodules(submodules);
        buildAll.setSha("0123abc");
        buildAll.setBranch("main");
        buildAll.setTimeout("5m");
        MigrationCheckStep migrations = new MigrationCheckStep("up", "down");
        migrations.setImage("shop:latest");
        DatabaseDefinition database = new DatabaseDefinition("postgres:16");
        database.setAlias("postgres");
        database.setEnvironment(Map.of("POSTGRES_PASSWORD", "test"));
        database.setReady("pg_isready -h 127.0.0.1");
        migrations.setDatabase(database);
        migrations.setEnvironment(Map.of("URL", "postgres://db/?a=b"));
        migrations.setReadyTimeout("2m");
        migrations.setTimeout("5m");
        MigrationCheckStep ofService = new MigrationCheckStep("up", "down");
        ofService.setService("backend");
        ofService.setFiles(List.of("check.yml", "more.yml"));
        NotifyDeployStep notify = new NotifyDeployStep("It is live.");
        notify.setEnvironment("preprod");
        NotifyDeployStep notifyAll = new NotifyDeployStep("The site is down.");
        notifyAll.setEnvironment("preprod");
        notifyAll.setKind("ROLLED_BACK");
        notifyAll.setSha("0123abc");
        notifyAll.setNext("Look at it.");
        RollbackEnvironmentStep rollback = new RollbackEnvironmentStep();
        rollback.setEnvironment("preprod");
        rollback.setTo("0123abc");
        PromoteToProdStep promote = new PromoteToProdStep("preprod", "prod");
        promote.setConfirm("DEPLOY");
        PromoteToProdStep promoteAgain = new PromoteToProdStep("preprod", "prod");
        promoteAgain.setConfirm("DEPLOY");
        promoteAgain.setSha("0123abc");
        promoteAgain.setOverrideFreeze("the site is down");
        promoteAgain.setRedeployRejected(true);
        EnvironmentStatusStep status = new EnvironmentStatusStep();
        status.setEnvironment("preprod");
        return Stream.of(
                Arguments.of(deploy, "deployPreprodFirst environment: 'preprod'"),
                Arguments.of(
                        deployAgain, "deployPreprodFirst environment: 'gone', redeployRejected: true, sha: '0123abc'"),
                Arguments.of(watch, "watchCiAndRollback environment: 'preprod'"),
                Arguments.of(
                        watchOnly,
                        "watchCiAndRollback background: true, environment: 'preprod', failBuild: false, sha: '0123abc'"),
                Arguments.of(
                        compose,
                        "composeDeploy build: false, envFile: [credentialsId: 'app-env', keep: true, path: 'app.env'],"
                                + " environment: 'preprod', pull: 'always', redeployRejected: true, registry: [credentialsId:"
                                + " 'registry', url: 'https://registry.example.com'], services: ['backend', 'tasks'],"
                                + " sha: '0123abc'"),
                Arguments.of(gate, "healthGate environment: 'preprod'"),
                Arguments.of(
                        url,
                        "healthGate attempts: 7, contains: 'Welcome', failBuild: false, interval: '2s', matches:"
                                + " 'W.lcome', startPeriod: '1m', status: '2xx,301', timeout: '3s', url:"
                                + " 'https://example.com/'"),
                Arguments.of(
                        version,
                        "healthGate headers: [[name: 'Accept', value: 'application/json']], json: [equals: '0123abc',"
                                + " pointer: '/commit'], maxLatency: '2s', tls: [minDaysValid: 14], url:"
                                + " 'https://example.com/version'"),
                Arguments.of(hook, "deployHook 'render-hook'"),
                Arguments.of(
                        hookAndGate,
                        "deployHook body: '{}', credentialsId: 'render-hook', headers: [[name: 'X-Tag', value: 'latest']],"
                                + " health: [contains: '0123abc', url: 'https://example.com/'], method: 'PUT', retries: 0,"
                                + " timeout: '5s'"),
                Arguments.of(build, "buildImages([[name: 'shop']])"),
                Arguments.of(
                        buildAll,
                        "buildImages branch: 'main', concurrency: 4, images: [[buildArgs: [WHO: 'it\\'s = \"me\"'],"
                                + " cacheFrom: ['shop:latest', 'shop:{branchSlug}'], context: 'services/{service}',"
                                + " dockerfile: 'Dockerfile.dev', labels: [note: 'two words'], name:"
                                + " 'shop-{service}', target: 'dev'], [name: 'other']], matrix: [service: ['billing',"
                                + " 'search']], push: false, registry: [credentialsId: 'registry', url:"
                                + " 'https://registry.example.com'], sha: '0123abc', submodules: [credentialsId:"
                                + " 'git-ssh', hostKey: 'accept-new'], tags: ['latest', '{sha}'], timeout: '5m'"),
                Arguments.of(
                        migrations,
                        "migrationCheck database: [alias: 'postgres', environment: [POSTGRES_PASSWORD: 'test'], image:"
                                + " 'postgres:16', ready: 'pg_isready -h 127.0.0.1'], down: 'down', environment: [URL:"
                                + " 'postgres://db/?a=b'], image: 'shop:latest', readyTimeout: '2m', timeout: '5m', up:"
                                + " 'up'"),
                Arguments.of(
                        ofService,
                        "migrationCheck down: 'down', files: ['check.yml', 'more.yml'], service: 'backend', up: 'up'"),
                Arguments.of(notify, "notifyDeploy environment: 'preprod', message: 'It is live.'"),
                Arguments.of(
                        notifyAll,
                        "notifyDeploy environment: 'preprod', kind: 'rolled-back', message: 'The site is down.', next:"
                                + " 'Look at it.', sha: '0123abc'"),
                Arguments.of(rollback, "rollbackEnvironment environment: 'preprod', to: '0123abc'"),
                Arguments.of(promote, "promoteToProd confirm: 'DEPLOY', from: 'preprod', to: 'prod'"),
                Arguments.of(
                        promoteAgain,
                        "promoteToProd confirm: 'DEPLOY', from: 'preprod', overrideFreeze: 'the site is down',"
                                + " redeployRejected: true, sha: '0123abc', to: 'prod'"),
                Arguments.of(status, "environmentStatus environment: 'preprod'"),
                Arguments.of(
                        new LastValidatedShaStep("preprod"),
                        "withLastValidatedSha('preprod') {\n    // some block\n}"));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void everyStepKeepsItsSettingsInItsForm(Step step, String snippet) throws Exception {
        assertThat(throughTheForm(step)).usingRecursiveComparison().isEqualTo(step);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void everyStepIsWrittenAsASnippetThatMeansTheSame(Step step, String snippet) throws Exception {
        new SnippetizerTester(jenkins).assertRoundTrip(step, snippet);
    }

    @Test
    void anEnvironmentAndItsCiAreWrittenIntoTheSnippetByTheirSymbols() throws Exception {
        JenkinsCiDefinition ci = new JenkinsCiDefinition("team/shop-ci");
        ci.setParameter("REVISION");
        ci.setTimeout("20m");
        EnvironmentDefinition here = Definitions.local("here");
        here.setCi(ci);
        WatchCiAndRollbackStep watch = new WatchCiAndRollbackStep();
        watch.setDefinition(here);

        new SnippetizerTester(jenkins)
                .assertRoundTrip(
                        watch,
                        "watchCiAndRollback definition: deployEnvironment(ci: jenkins(job: 'team/shop-ci', parameter:"
                                + " 'REVISION', timeout: '20m'), directory: '/srv/app', host: local(), name: 'here')");
    }

    @Test
    void anEnvironmentDefinedInTheStepIsKept() throws Exception {
        for (FlowStep step : List.of(
                new DeployPreprodFirstStep(),
                new WatchCiAndRollbackStep(),
                new ComposeDeployStep(),
                new HealthGateStep(),
                new RollbackEnvironmentStep(),
                new EnvironmentStatusStep(),
                new NotifyDeployStep("It is live."))) {
            step.setDefinition(Definitions.full("inline"));

            assertThat(throughTheForm(step))
                    .as(step.getClass().getSimpleName())
                    .usingRecursiveComparison()
                    .isEqualTo(step);
        }
    }

    @Test
    void everyStepWithoutMapsCanBeDescribed() throws Exception {
        for (Class<? extends Step> step : List.of(
                DeployPreprodFirstStep.class,
                WatchCiAndRollbackStep.class,
                ComposeDeployStep.class,
                HealthGateStep.class,
                DeployHookStep.class,
                NotifyDeployStep.class,
                RollbackEnvironmentStep.class,
                PromoteToProdStep.class,
                EnvironmentStatusStep.class,
                LastValidatedShaStep.class)) {
            SnippetizerTester.assertDocGeneration(step);
        }
    }

    @Test
    void thoseWhoMayConfigureTheJobChooseAmongTheEnvironmentsThatItMayUse() {
        secure();
        try (ACLContext as = as("developer")) {
            assertThat(environments(job, "")).containsExactly("", "preprod");
            assertThat(environments(null, "")).containsExactly("");
            assertThat(deploy().doCheckSha(job, "main").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(deploy().doCheckSha(job, "0123abc").kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(deploy().doCheckSha(job, "${params.SHA}").kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(rollback().doCheckTo(job, "main").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(promote().doCheckConfirm(job, "deploy").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(promote().doCheckConfirm(job, "DEPLOY").kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(promote().doCheckConfirm(job, "${params.CONFIRM}").kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(promote().doFillFromItems(job, "")).hasSize(2);
            assertThat(promote().doFillToItems(job, "gone")).hasSize(3);
            assertThat(gate().doCheckUrl(job, "nowhere").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(gate().doCheckInterval(job, "soon").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(gate().doCheckTimeout(job, "soon").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(gate().doCheckStartPeriod(job, "soon").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(hooking().doCheckRetries(job, "11").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(hooking().doCheckRetries(job, "many").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(hooking().doCheckTimeout(job, "soon").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(hooking().doCheckCredentialsId(job, "missing").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(notifying().doCheckMessage(job, " ").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(notifying().doCheckMessage(job, "Hello").kind).isEqualTo(FormValidation.Kind.OK);
        }
        try (ACLContext as = as("admin")) {
            assertThat(environments(null, "")).containsExactly("", "preprod", "of-others");
        }
    }

    @Test
    void othersSeeNoEnvironmentsAndGetNoAnswers() {
        secure();
        for (String user : List.of("reader", "anonymous")) {
            try (ACLContext as = as(user)) {
                assertThat(environments(job, "chosen")).containsExactly("", "chosen");
                assertThat(environments(null, "")).containsExactly("");
                assertThat(deploy().doCheckSha(job, "main").kind).isEqualTo(FormValidation.Kind.OK);
                assertThat(rollback().doCheckTo(job, "main").kind).isEqualTo(FormValidation.Kind.OK);
                assertThat(promote().doCheckConfirm(job, "deploy").kind).isEqualTo(FormValidation.Kind.OK);
                assertThat(promote().doFillToItems(job, "")).hasSize(1);
                assertThat(gate().doCheckUrl(job, "nowhere").kind).isEqualTo(FormValidation.Kind.OK);
                assertThat(gate().doCheckInterval(job, "soon").kind).isEqualTo(FormValidation.Kind.OK);
                assertThat(hooking().doCheckRetries(job, "11").kind).isEqualTo(FormValidation.Kind.OK);
                assertThat(hooking().doCheckTimeout(job, "soon").kind).isEqualTo(FormValidation.Kind.OK);
                assertThat(hooking().doCheckCredentialsId(job, "missing").kind).isEqualTo(FormValidation.Kind.OK);
                assertThat(notifying().doCheckMessage(job, "").kind).isEqualTo(FormValidation.Kind.OK);
            }
        }
    }

    @Test
    void whatIsChosenStaysListedEvenWhenItIsGone() {
        secure();
        try (ACLContext as = as("developer")) {
            assertThat(environments(job, "gone")).containsExactly("", "preprod", "gone");
            assertThat(environments(job, "preprod")).containsExactly("", "preprod");
        }
    }

    private static void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "developer")
                .grant(Item.CONFIGURE)
                .onItems(job)
                .to("developer"));
    }

    private static Step throughTheForm(Step step) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new StepHolder(step));
        return jenkins.configRoundtrip(project)
                .getBuildersList()
                .get(StepHolder.class)
                .getStep();
    }

    private static List<String> environments(Item item, String chosen) {
        return deploy().doFillEnvironmentItems(item, chosen).stream()
                .map(option -> option.value)
                .toList();
    }

    private static DeployPreprodFirstStep.DescriptorImpl deploy() {
        return ExtensionList.lookupSingleton(DeployPreprodFirstStep.DescriptorImpl.class);
    }

    private static RollbackEnvironmentStep.DescriptorImpl rollback() {
        return ExtensionList.lookupSingleton(RollbackEnvironmentStep.DescriptorImpl.class);
    }

    private static PromoteToProdStep.DescriptorImpl promote() {
        return ExtensionList.lookupSingleton(PromoteToProdStep.DescriptorImpl.class);
    }

    private static HealthGateStep.DescriptorImpl gate() {
        return ExtensionList.lookupSingleton(HealthGateStep.DescriptorImpl.class);
    }

    private static DeployHookStep.DescriptorImpl hooking() {
        return ExtensionList.lookupSingleton(DeployHookStep.DescriptorImpl.class);
    }

    private static NotifyDeployStep.DescriptorImpl notifying() {
        return ExtensionList.lookupSingleton(NotifyDeployStep.DescriptorImpl.class);
    }

    private static ACLContext as(String user) {
        return user.equals("anonymous")
                ? ACL.as2(Jenkins.ANONYMOUS2)
                : ACL.as2(User.getById(user, true).impersonate2());
    }

    /** Shows a step's form in the page of a job. */
    public static final class StepHolder extends Builder {
        private final Step step;

        @DataBoundConstructor
        public StepHolder(Step step) {
            this.step = step;
        }

        public Step getStep() {
            return step;
        }

        /** Describes it. */
        @TestExtension
        public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
            @Override
            public boolean isApplicable(Class<? extends AbstractProject> type) {
                return true;
            }
        }
    }
}
