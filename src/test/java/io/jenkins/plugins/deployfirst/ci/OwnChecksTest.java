package io.jenkins.plugins.deployfirst.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which checks of a commit are those of the job that watches, and how they are left out. */
class OwnChecksTest {
    private static final OwnChecks OWN =
            new OwnChecks("https://ci.example.com/job/team/job/shop/job/main/", "team/shop/main");

    @ParameterizedTest
    @CsvSource({
        "continuous-integration/jenkins/branch, https://ci.example.com/job/team/job/shop/job/main/12/display/redirect",
        "a name of one's own, https://ci.example.com/job/team/job/shop/job/main/12/",
        "Jenkins, https://ci.example.com/job/team/job/shop/job/main/11/display/redirect",
        "Jenkins, ''",
        "continuous-integration/jenkins/pr-merge, ''",
        "team/shop/main, ''",
    })
    void whatLinksToTheJobIsItsOwnWhateverItIsCalled(String name, String origin) {
        assertThat(OWN.test(check(name, origin))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "continuous-integration/jenkins/branch, https://ci.example.com/job/team/job/shop-ci/job/main/12/display/redirect",
        "Jenkins, https://other.example.com/job/team/job/shop/job/main/12/",
        "build, https://ci.example.com/job/team/job/shop/job/maintenance/1/",
        "build, https://github.com/owner/shop/actions/runs/1/job/2",
        "build, ''",
    })
    void theChecksOfOtherJobsCountEvenUnderTheNamesThatJenkinsGives(String name, String origin) {
        assertThat(OWN.test(check(name, origin))).isFalse();
    }

    @Test
    void withoutAnAddressOfJenkinsTheNamesTell() {
        OwnChecks own = new OwnChecks("", "shop");

        assertThat(own.test(check("continuous-integration/jenkins/branch", "http://unconfigured/job/shop/1/")))
                .isTrue();
        assertThat(own.test(check("shop", "http://unconfigured/job/shop/1/"))).isTrue();
        assertThat(own.test(check("build", "http://unconfigured/job/shop/1/"))).isFalse();
    }

    @Test
    void anAnswerThatComesAgainStaysTheSameWhenTheOwnChecksAreLeftOut() {
        Check build = check("build", "");
        CiSnapshot first = new CiSnapshot(List.of(check("Jenkins", ""), build), false);
        AtomicReference<CiSnapshot> answer = new AtomicReference<>(first);
        CiServer server = new WithoutOwnChecks(new Saying(answer), OWN);

        CiSnapshot once = server.read("sha").join();
        CiSnapshot again = server.readSince("sha", 0).join();
        answer.set(new CiSnapshot(first.checks(), false));
        CiSnapshot later = server.read("sha").join();

        assertThat(once.checks()).containsExactly(build);
        assertThat(again).isSameAs(once);
        assertThat(later).isEqualTo(once).isNotSameAs(once);
    }

    private static Check check(String name, String origin) {
        return new Check("key/" + name, name, State.PENDING, "in_progress", "https://github.com/check", origin);
    }

    /** A CI server that says what it is told to say. */
    private record Saying(AtomicReference<CiSnapshot> answer) implements CiServer {
        @Override
        public CompletableFuture<CiSnapshot> read(String sha) {
            return CompletableFuture.completedFuture(answer.get());
        }

        @Override
        public String describe() {
            return "a server";
        }

        @Override
        public String pageOf(String sha) {
            return "";
        }
    }
}
