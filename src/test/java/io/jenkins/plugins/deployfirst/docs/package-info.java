/** The documentation: what it says of the plugin is so. */
package io.jenkins.plugins.deployfirst.docs;
