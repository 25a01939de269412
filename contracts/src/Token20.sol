// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// OpenZeppelin's ERC-20, all of it its maker's at first.
contract Token20 is ERC20Permit {
  constructor(string memory name, string memory symbol, uint256 supply)
    ERC20(name, symbol)
    ERC20Permit(name)
  {
    _mint(msg.sender, supply);
  }
}
