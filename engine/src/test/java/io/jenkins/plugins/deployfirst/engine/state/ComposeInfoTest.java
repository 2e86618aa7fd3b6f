package io.jenkins.plugins.deployfirst.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.state.ComposeInfo.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeInfoTest {
    private static final List<Service> SERVICES = List.of(
            new Service("web", "shop/web:1", true, List.of("db", "cache")), new Service("db", "", false, List.of()));
    private static final ComposeInfo INFO =
            new ComposeInfo("docker compose", List.of("it's.yml", "ü.yml"), "abcd", SERVICES);

    @Test
    void whatIsRememberedIsReadAsItWas() {
        assertThat(INFO.toJson().lines()).hasSize(1);
        assertThat(ComposeInfo.parse(INFO.toJson())).contains(INFO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "docker-compose",
                "{\"tool\":\"docker-compose\",\"files\":[],\"sha\":\"abcd\"}",
                "{\"tool\":\"docker-compose\",\"files\":\"a.yml\",\"sha\":\"abcd\",\"services\":[]}",
                "{\"tool\":\"docker-compose\",\"files\":[1],\"sha\":\"abcd\",\"services\":[]}",
                "{\"tool\":1,\"files\":[],\"sha\":\"abcd\",\"services\":[]}",
                "{\"tool\":\"docker-compose\",\"files\":[],\"sha\":\"abcd\",\"services\":[\"web\"]}",
                "{\"tool\":\"docker-compose\",\"files\":[],\"sha\":\"abcd\",\"services\":[{\"name\":\"web\"}]}"
            })
    void whatIsNotWholeIsNotRememberedAtAll(String json) {
        assertThat(ComposeInfo.parse(json)).isEqualTo(Optional.empty());
    }

    @Test
    void whatACutLeftUnfinishedIsNotRememberedAtAll() {
        String json = INFO.toJson();
        for (int length = 0; length < json.length(); length++) {
            assertThat(ComposeInfo.parse(json.substring(0, length)))
                    .as(json.substring(0, length))
                    .isEmpty();
        }
    }

    @Test
    void anotherCommitWithTheSameFilesHasTheSameServices() {
        assertThat(INFO.at("docker-compose", "ef01"))
                .isEqualTo(new ComposeInfo("docker-compose", INFO.files(), "ef01", SERVICES));
    }

    @Test
    void servicesAreReadAsTheCheckListsThem() {
        assertThat(ComposeInfo.servicesOf("web|shop/web:1|build| db cache\ndb|||\n\nnot a service\na|b\n"))
                .containsExactly(
                        new Service("web", "shop/web:1", true, List.of("db", "cache")),
                        new Service("db", "", false, List.of()));
        assertThat(ComposeInfo.servicesOf("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a, a",
        "a b c, a b c",
        "a>b b, b / a",
        "a>b b>c c, c / b / a",
        "a>c b>c c, c / a b",
        "a>b a>c b>d c>d d, d / b c / a",
        "a>elsewhere, a",
        "a>b b>a, a b",
        "a>a b, b / a",
        "c a>b b>a, c / a b",
        "'', ''"
    })
    void aServiceStartsAfterThoseItDependsOn(String services, String order) {
        assertThat(shown(info("docker compose", services).startOrder())).isEqualTo(order);
    }

    @Test
    void versionTwoRestartsInThatOrderAndVersionOneAllAtTheSameTime() {
        assertThat(shown(info("docker compose", "a>b b").restartOrder())).isEqualTo("b / a");
        assertThat(shown(info("docker-compose", "a>b b").restartOrder())).isEqualTo("b a");
        assertThat(shown(info("docker-compose", "").restartOrder())).isEmpty();
    }

    /** Reads services such as {@code a>b}: a depends on b; a name that comes twice gathers its dependencies. */
    private static ComposeInfo info(String tool, String services) {
        List<String> words = Arrays.stream(services.split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
        List<Service> list = words.stream()
                .map(word -> word.split(">")[0])
                .distinct()
                .map(name -> new Service(
                        name,
                        "",
                        false,
                        words.stream()
                                .filter(word -> word.startsWith(name + ">"))
                                .map(word -> word.split(">")[1])
                                .toList()))
                .toList();
        return new ComposeInfo(tool, List.of(), "abcd", list);
    }

    private static String shown(List<Set<String>> groups) {
        return groups.stream().map(group -> String.join(" ", group)).collect(Collectors.joining(" / "));
    }
}
