package io.jenkins.plugins.deployfirst.engine.hook;

/**
 * That a deploy hook took the request.
 *
 * @param status the HTTP status, 2xx
 * @param attempts how many requests it took, at least 1
 */
public record HookAnswer(int status, int attempts) {}
