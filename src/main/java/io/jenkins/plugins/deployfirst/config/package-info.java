/** The configuration of environments: in the global configuration, as code, and inline in steps. */
package io.jenkins.plugins.deployfirst.config;
