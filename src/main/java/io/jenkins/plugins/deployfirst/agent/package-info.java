/** Runs the engine's flows for Jenkins: on the controller, or over an agent's channel. */
package io.jenkins.plugins.deployfirst.agent;
