package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import java.net.http.HttpClient;
import java.util.Optional;

/**
 * What a job is given where it is done, and what does not travel with it.
 *
 * @param http asks from this machine
 * @param progress hears what happens
 * @param ci the environment's CI server, which the controller reads; empty when there is none
 */
record JobSite(HttpClient http, Progress progress, Optional<CiServer> ci) {}
