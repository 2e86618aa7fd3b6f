package io.jenkins.plugins.deployfirst.engine.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PolicyTest {
    @Test
    void allSendsEveryKind() {
        assertThat(sentBy(Policy.ALL)).containsExactlyInAnyOrder(Message.Kind.values());
    }

    @Test
    void failuresSendsWhatSomebodyShouldLookAt() {
        assertThat(sentBy(Policy.FAILURES))
                .containsExactlyInAnyOrder(
                        Message.Kind.ROLLED_BACK, Message.Kind.FAILED, Message.Kind.NO_VERDICT, Message.Kind.DOWN);
    }

    @Test
    void downSendsThatASiteIsDownAndThatItIsUpAgain() {
        assertThat(sentBy(Policy.DOWN)).containsExactlyInAnyOrder(Message.Kind.DOWN, Message.Kind.UP);
    }

    private static Set<Message.Kind> sentBy(Policy policy) {
        return Arrays.stream(Message.Kind.values()).filter(policy::sends).collect(Collectors.toSet());
    }
}
