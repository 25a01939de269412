// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// OpenZeppelin's ERC-20 with a function that makes many transfers in one call.
contract Erc20Transfers is ERC20("", "") {
    function transfers(uint256 count) external {
        _mint(msg.sender, count);
        for (uint256 i = 0; i < count; ++i) {
            transfer(address(uint160(0x1000 + (i & 15))), 1);
        }
    }
}
