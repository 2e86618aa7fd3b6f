/** The flows: deploy, roll back, watch, and what they are told and tell. */
package io.jenkins.plugins.deployfirst.engine.deploy;
