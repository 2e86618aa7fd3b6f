/** The {@code deploy-first} command: reads the environment file, runs the engine's flows, shows what they do. */
package io.jenkins.plugins.deployfirst.cli;
