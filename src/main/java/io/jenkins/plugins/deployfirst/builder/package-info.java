/** Build steps of Freestyle jobs: the Pipeline steps with forms of their own. */
package io.jenkins.plugins.deployfirst.builder;
