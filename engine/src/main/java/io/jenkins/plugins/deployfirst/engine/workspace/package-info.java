/** Work in a step's workspace, on the machine that the engine itself runs on. */
package io.jenkins.plugins.deployfirst.engine.workspace;
