/** The Pipeline steps, each with its form, and how they run. */
package io.jenkins.plugins.deployfirst.steps;
