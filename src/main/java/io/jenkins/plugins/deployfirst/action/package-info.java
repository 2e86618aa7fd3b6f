/** What a build and a job remember of deployments, and show. */
package io.jenkins.plugins.deployfirst.action;
