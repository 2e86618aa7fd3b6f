/** The gate that a release must pass: probes, and how often they are asked. */
package io.jenkins.plugins.deployfirst.engine.health;
