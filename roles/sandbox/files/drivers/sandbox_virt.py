# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nova's in-tree fake driver with guests that have addresses, and faults on demand."""

# The methods and their arguments are those of nova.virt.driver.ComputeDriver.
# ruff: noqa: ARG002, D102, PLR0913, PLR0917

from __future__ import annotations

import sandbox_faults
import sandbox_guests
from nova import exception
from nova.compute import power_state
from nova.virt import fake

CHASSIS = "sandbox"


class SandboxDriver(fake.FakeDriverWithoutFakeNodes):
    """See sandbox_guests for what a guest is, sandbox_faults for the rules."""

    def network_binding_host_id(self, context, instance):
        return CHASSIS

    def spawn(
        self, context, instance, image_meta, injected_files, admin_password, allocations,
        network_info=None, block_device_info=None, power_on=True, accel_info=None,
    ):  # fmt: skip
        text = sandbox_faults.strike("spawn", instance.display_name)
        if text:  # this kind is not tried again on another host, and its text becomes the server's fault
            raise exception.BuildAbortException(instance_uuid=instance.uuid, reason=text)
        _strike("place", instance)  # this kind is: Nova takes the next host while there is one
        sandbox_guests.plug(instance, network_info or [])
        super().spawn(
            context, instance, image_meta, injected_files, admin_password, allocations,
            network_info, block_device_info, power_on, accel_info,
        )  # fmt: skip

    def destroy(self, context, instance, network_info, *args, **kwargs):
        _strike("destroy", instance)
        sandbox_guests.remove(instance, network_info)
        super().destroy(context, instance, network_info, *args, **kwargs)

    def power_off(self, instance, timeout=0, retry_interval=0):
        _strike("power_off", instance)
        super().power_off(instance, timeout, retry_interval)
        sandbox_guests.switch_off(instance)

    def power_on(self, context, instance, network_info, *args, **kwargs):
        _strike("power_on", instance)
        super().power_on(context, instance, network_info, *args, **kwargs)
        sandbox_guests.plug(instance, network_info)

    def attach_interface(self, context, instance, image_meta, vif):
        super().attach_interface(context, instance, image_meta, vif)
        sandbox_guests.plug(instance, [vif])

    def detach_interface(self, context, instance, vif):
        super().detach_interface(context, instance, vif)
        sandbox_guests.unplug([vif])

    def plug_vifs(self, instance, network_info):
        """Called for each guest when nova-compute starts, before anybody asks for its state: the fake one forgot it."""
        if instance.uuid in self.instances:
            return
        on = instance.power_state == power_state.RUNNING
        super().spawn(None, instance, None, None, None, None, network_info, power_on=on)
        if on:
            sandbox_guests.plug(instance, network_info)

    def finish_migration(
        self, context, migration, instance, disk_info, network_info, image_meta, resize_instance, allocations,
        block_device_info=None, power_on=True, share_info=None,
    ):  # fmt: skip
        super().spawn(context, instance, image_meta, None, None, allocations, network_info, power_on=power_on)
        if power_on:
            sandbox_guests.plug(instance, network_info)

    def confirm_migration(self, context, migration, instance, network_info):
        """The guest lives on at the destination: only the source's record goes."""
        super().destroy(context, instance, network_info)

    def finish_revert_migration(self, context, instance, network_info, *args, **kwargs):
        super().finish_revert_migration(context, instance, network_info, *args, **kwargs)
        sandbox_guests.plug(instance, network_info)


def _strike(operation, instance):
    text = sandbox_faults.strike(operation, instance.display_name)
    if text:
        raise exception.NovaException(text)
