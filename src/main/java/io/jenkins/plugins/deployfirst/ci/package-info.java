/** How Jenkins reads CI servers: what another plugin implements to add one, and the builds of this Jenkins as CI. */
package io.jenkins.plugins.deployfirst.ci;
